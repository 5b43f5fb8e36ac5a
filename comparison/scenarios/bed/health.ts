/** Waiting for load balancers to be ready for a scenario. */
import { eventually } from "../eventually.ts";
import { timing } from "../timing.ts";
import type { Bed, Target } from "./bed.ts";
import { variants } from "./variants.ts";
import type { VariantName } from "./variants.ts";

/** A check's time, and some for the machine, on top of what AWS takes to register a target. */
const checkingSeconds = 60;

/**
 * Resolves when every node is a healthy target of these load balancers, and nobody else is one that is not draining.
 * @throws naming what is not, when it takes longer than AWS may
 */
export async function allHealthy(bed: Bed, targets: readonly Target[]): Promise<void> {
  const most = checkingSeconds + timing.registrationSeconds / bed.timeScale;
  await Promise.all(
    targets.map(({ hostname, way }) =>
      eventually(`${way}: every node a healthy target`, () => isHealthy(bed, hostname), most, bed.signal),
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
  await eventually(`${target.way}: ${what}`, () => arrived(target), timing.controllerSeconds, bed.signal);
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
    isHealthy(bed, hostname).catch(() => false),
  );
  return (await Promise.all(healthy)).every(Boolean);
}

function targetsOf(bed: Bed): Target[] {
  const names = Object.keys(variants) as VariantName[];
  return names.map((name) => bed.targets(name)).flatMap(({ left, right }) => [left, right]);
}

async function isHealthy({ account, cluster }: Bed, hostname: string): Promise<boolean> {
  const [nodes, targets] = await Promise.all([cluster.nodes(), account.targets(hostname)]);
  const lasting = targets.filter(({ state }) => state !== "draining");
  return (
    lasting.every(({ state }) => state === "healthy") &&
    nodes.every(({ instanceId }) => lasting.some(({ id }) => id === instanceId))
  );
}
