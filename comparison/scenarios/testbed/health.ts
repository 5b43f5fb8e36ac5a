/** Waiting for load balancers to be ready for a scenario. */
import { eventually } from "../eventually.ts";
import { timing } from "../timing.ts";
import type { TargetState } from "./account.ts";
import type { Bed, Target } from "./bed.ts";
import type { ClusterNode } from "./cluster.ts";
import { variants } from "./variants.ts";
import type { VariantName } from "./variants.ts";

/** A check's time, and some for the machine, on top of what AWS takes to register a target. */
const checkingSeconds = 60;

/**
 * Resolves when every node is a healthy target of these load balancers, and nobody else is one that is not draining.
 * @throws naming the load balancer and what of it was not when it was seen last, when it takes longer than AWS may
 */
export async function allHealthy(bed: Bed, targets: readonly Target[]): Promise<void> {
  const most = checkingSeconds + timing.registrationSeconds / bed.timeScale;
  await Promise.all(
    targets.map((target) =>
      eventually(
        `${nameOf(target)}: every node a healthy target`,
        async () => {
          const amiss = await amissOf(bed, target.hostname);
          if (amiss.length > 0) throw new Error(amiss.join(", "));
          return true;
        },
        most,
        bed.signal,
      ),
    ),
  );
}

/** Resolves when a load balancer is what a change asks for, as `arrived` says, and then healthy. @param what names what is waited for */
export async function healthyOnce(
  bed: Bed,
  target: Target,
  what: string,
  arrived: (target: Target) => Promise<boolean>,
): Promise<void> {
  await eventually(`${nameOf(target)}: ${what}`, () => arrived(target), timing.controllerSeconds, bed.signal);
  await allHealthy(bed, [target]);
}

/** The same of the whole bed: both apps are behind all variants, so whatever happens to a pod happens to each of them. */
export function bedHealthy(bed: Bed): Promise<void> {
  return allHealthy(bed, targetsOf(bed));
}

/** Whether the whole bed is there and healthy now. */
export async function isBedHealthy(bed: Bed): Promise<boolean> {
  const healthy = targetsOf(bed).map(({ hostname }) =>
    // A load balancer that is not there is not healthy.
    amissOf(bed, hostname).then(
      (amiss) => amiss.length === 0,
      () => false,
    ),
  );
  return (await Promise.all(healthy)).every(Boolean);
}

function targetsOf(bed: Bed): Target[] {
  const names = Object.keys(variants) as VariantName[];
  return names.map((name) => bed.targets(name)).flatMap(({ left, right }) => [left, right]);
}

/** A way has several load balancers on a bed, one a variant: the Service tells them apart. */
const nameOf = ({ way, namespace, service }: Target): string => `${way}, ${namespace}/${service}`;

async function amissOf({ account, cluster }: Bed, hostname: string): Promise<string[]> {
  const [nodes, targets] = await Promise.all([cluster.nodes(), account.targets(hostname)]);
  return amissAmong(nodes, targets);
}

/** What keeps a load balancer from having every node as a healthy target, and nobody else as one that is not draining; nothing if it has. */
export function amissAmong(
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
