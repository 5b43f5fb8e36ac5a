/** Waiting for load balancers to be ready for a scenario. */
import { eventually } from "../eventually.ts";
import { timing } from "../timing.ts";
import type { TargetState } from "./account.ts";
import type { Testbed, Target } from "./testbed.ts";
import type { ClusterNode } from "./cluster.ts";
import { variants } from "./variants.ts";
import type { VariantName } from "./variants.ts";

/** A check's time, and some for the machine, on top of what AWS takes to register a target. */
const checkingSeconds = 60;

/**
 * Resolves when every node is a healthy target of these load balancers, and nobody else is one that is not draining.
 * @throws naming the load balancer and what of it was not when it was seen last, when it takes longer than AWS may
 */
export async function allHealthy(testbed: Testbed, targets: readonly Target[]): Promise<void> {
  const most = checkingSeconds + timing.registrationSeconds / testbed.timeScale;
  await Promise.all(
    targets.map((target) =>
      eventually(
        `${nameOf(target)}: every node a healthy target`,
        async () => {
          const problems = await healthProblemsOf(testbed, target.hostname);
          if (problems.length > 0) throw new Error(problems.join(", "));
          return true;
        },
        most,
        testbed.signal,
      ),
    ),
  );
}

/** Resolves when a load balancer is what a change asks for, as `arrived` says, and then healthy. @param what names what is waited for */
export async function healthyOnce(
  testbed: Testbed,
  target: Target,
  what: string,
  arrived: (target: Target) => Promise<boolean>,
): Promise<void> {
  await eventually(
    `${nameOf(target)}: ${what}`,
    () => arrived(target),
    timing.controllerSeconds,
    testbed.signal,
  );
  await allHealthy(testbed, [target]);
}

/** The same of the whole testbed: both apps are behind all variants, so whatever happens to a pod happens to each of them. */
export function testbedHealthy(testbed: Testbed): Promise<void> {
  return allHealthy(testbed, targetsOf(testbed));
}

/** Whether the whole testbed is there and healthy now. */
export async function isTestbedHealthy(testbed: Testbed): Promise<boolean> {
  const healthy = targetsOf(testbed).map(({ hostname }) =>
    // A load balancer that is not there is not healthy.
    healthProblemsOf(testbed, hostname).then(
      (problems) => problems.length === 0,
      () => false,
    ),
  );
  return (await Promise.all(healthy)).every(Boolean);
}

function targetsOf(testbed: Testbed): Target[] {
  const names = Object.keys(variants) as VariantName[];
  return names.map((name) => testbed.targets(name)).flatMap(({ left, right }) => [left, right]);
}

/** A way has several load balancers on a testbed, one a variant: the Service tells them apart. */
const nameOf = ({ way, namespace, service }: Target): string => `${way}, ${namespace}/${service}`;

async function healthProblemsOf({ account, cluster }: Testbed, hostname: string): Promise<string[]> {
  const [nodes, targets] = await Promise.all([cluster.nodes(), account.targets(hostname)]);
  return healthProblems(nodes, targets);
}

/** What keeps a load balancer from having every node as a healthy target, and nobody else as one that is not draining; nothing if it has. */
export function healthProblems(
  nodes: readonly Pick<ClusterNode, "instanceId">[],
  targets: readonly Pick<TargetState, "id" | "state" | "reason">[],
): string[] {
  const lasting = targets.filter(({ state }) => state !== "draining");
  return [
    ...lasting
      .filter(({ state }) => state !== "healthy")
      .map(({ id, state, reason }) => `${id} ${state}${reason === "" ? "" : ` (${reason})`}`),
    ...nodes
      .filter(({ instanceId }) => !lasting.some(({ id }) => id === instanceId))
      .map(({ instanceId }) => `${instanceId} no target`),
  ];
}
