/** Waits for a new load balancer to take traffic. */
import { systemClock } from "../comparison/clock.ts";
import type { Cloud } from "../comparison/clouds/cloud.ts";
import type { CloudOperations } from "../comparison/clouds/operations.ts";
import { eventually } from "../comparison/eventually.ts";
import { attempt } from "../comparison/scenarios/outcome.ts";
import { healthySeconds } from "../comparison/scenarios/testbed/health.ts";
import type { DeployedExposure } from "./exposures.ts";
import type { Report } from "./progress.ts";

interface Waiting {
  readonly cloud: Pick<CloudOperations, "members">;
  readonly clocks: Cloud["clocks"];
  readonly timeScale: number;
  readonly signal: AbortSignal;
  readonly report: Report;
}

/** Returns when every target is healthy, or when they should be: what is not healthy then is for the comparison to say. */
export async function awaitHealthyTargets(
  { hostname, way }: DeployedExposure,
  { cloud, signal, report, ...speed }: Waiting,
): Promise<void> {
  const allHealthy = async (): Promise<boolean> => {
    // Draining ones do not become healthy any more.
    const members = (await cloud.members(hostname)).filter(({ state }) => state !== "draining");
    const healthy = members.filter(({ state }) => state === "healthy").length;
    report(`${way}: ${healthy} of ${members.length} targets healthy`);
    return healthy === members.length && healthy > 0;
  };
  await attempt(
    () => eventually(`${way}: healthy targets`, allHealthy, healthySeconds(speed), systemClock(signal)),
    signal,
  );
}
