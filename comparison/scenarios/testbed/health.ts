/** Waiting until load balancers are ready for a scenario. */
import type { CloudOperations, Member } from "../../clouds/operations.ts";
import { eventually } from "../../eventually.ts";
import type { Conditions } from "../scenario.ts";
import { timing } from "../timing.ts";
import type { Cluster, ClusterNode } from "./cluster.ts";
import type { Target, Testbed } from "./testbed.ts";
import { variantNames } from "./variants.ts";

/** For a health check, and some for the machine, on top of what a member's registration takes. */
const checkingSeconds = 60;

/** Longest time until new members of a load balancer are healthy. */
export const healthySeconds = ({ clocks, timeScale }: Pick<Conditions, "clocks" | "timeScale">): number =>
  checkingSeconds + clocks.registrationSeconds.most / timeScale;

/**
 * Resolves when every node is a healthy member of these load balancers, and any other member is draining.
 * @throws naming the load balancer and its problems, when that takes longer than it may
 */
export async function allHealthy(testbed: Testbed, targets: readonly Target[]): Promise<void> {
  await Promise.all(
    targets.map((target) =>
      eventually(
        `${nameOf(target)}: every node a healthy target`,
        async () => {
          const problems = await healthProblemsOf(testbed, target.address);
          if (problems.length > 0) throw new Error(problems.join(", "));
          return true;
        },
        healthySeconds(testbed),
        testbed.clock,
      ),
    ),
  );
}

/** Resolves when a change has arrived at a load balancer, and all is healthy then. @param what names what is waited for */
export async function healthyOnce(
  testbed: Testbed,
  target: Target,
  what: string,
  arrived: (target: Target) => Promise<boolean>,
): Promise<void> {
  const { clock } = testbed;
  await eventually(`${nameOf(target)}: ${what}`, () => arrived(target), timing.controllerSeconds, clock);
  await allHealthy(testbed, [target]);
}

/** The same of the whole testbed: both apps are behind all variants, so whatever happens to a pod happens to each of them. */
export function testbedHealthy(testbed: Testbed): Promise<void> {
  return allHealthy(testbed, targetsOf(testbed));
}

/** Whether the whole testbed is there and healthy now. */
export async function isTestbedHealthy(testbed: Testbed): Promise<boolean> {
  const healthy = targetsOf(testbed).map(({ address }) =>
    // A load balancer that does not exist is not healthy.
    healthProblemsOf(testbed, address).then(
      (problems) => problems.length === 0,
      () => false,
    ),
  );
  return (await Promise.all(healthy)).every(Boolean);
}

function targetsOf(testbed: Testbed): Target[] {
  return variantNames.map((name) => testbed.targets(name)).flatMap(({ left, right }) => [left, right]);
}

/** A way has one load balancer for each variant: the Service tells them apart. */
const nameOf = ({ way, namespace, service }: Target): string => `${way}, ${namespace}/${service}`;

async function healthProblemsOf(
  { cloud, cluster }: { readonly cloud: CloudOperations; readonly cluster: Cluster },
  address: string,
): Promise<string[]> {
  const [nodes, members] = await Promise.all([cluster.nodes(), cloud.members(address)]);
  return healthProblems(nodes, members);
}

/** Why not every node is a healthy member, or why somebody else is a member that is not draining; empty if neither is so. */
export function healthProblems(
  nodes: readonly Pick<ClusterNode, "machine">[],
  members: readonly Pick<Member, "machine" | "state" | "reason">[],
): string[] {
  const lasting = members.filter(({ state }) => state !== "draining");
  return [
    ...lasting
      .filter(({ state }) => state !== "healthy")
      .map(({ machine, state, reason }) => `${machine} ${state}${reason === "" ? "" : ` (${reason})`}`),
    ...nodes
      .filter((node) => !lasting.some(({ machine }) => machine === node.machine))
      .map(({ machine }) => `${machine} no target`),
  ];
}
