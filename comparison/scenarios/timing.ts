/** How long scenarios send, wait and listen. */

import type { Checks } from "./clocks.ts";
import type { Conditions } from "./scenario.ts";

/** In seconds unless the name says otherwise. Times of load balancers are the cloud's: see `Clocks`. */
export const timing = {
  /** A request without an answer for so long is lost. */
  requestTimeoutMilliseconds: 2000,
  /** The same where nothing should fail and few requests are under way at once: only a very busy machine needs so long. */
  burstTimeoutMilliseconds: 5000,
  burstUnderWay: 3,
  /** Longest time for a pod to start, or to end with its grace period of 35 s. */
  podSeconds: 90,
  /** Longest time for a roll-out of three pods. */
  rollOutSeconds: 180,
  /** Longest time for the cloud controller to act on a change of a Service or a node. */
  controllerSeconds: 60,
  /**
   * Longest time until it retries after a failure: first after 5 s, then each time after twice as long, up to this.
   * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go
   */
  retrySeconds: 300,
  /** Longest time for `pulumi up` to make a change of one exposure. */
  updateSeconds: 60,
  /** Time for a change of the API to reach the data plane, which in a cloud takes seconds too. */
  propagationSeconds: 2,
  /** What a busy machine may add to any of these. */
  machineSeconds: 5,
  /** Requests each second, where a scenario sends while something happens. */
  perSecond: 50,
  /** Loads run for so long before anything happens to them. */
  leadSeconds: 0.5,
  /** A client that stood still for longer than this, half of a request's time-out, may itself have made requests late. */
  longestPauseSeconds: 1,
  /** Between two looks at the list of pods: no pod takes traffic sooner after it was made. */
  podWatchSeconds: 0.4,
  /**
   * Until nothing is sent to a pod any more that has ended: the kubelet looks at its containers once a second, and kube-proxy writes its rules at most once a second. The
   * rest is for the machine.
   * https://kubernetes.io/docs/reference/networking/virtual-ips/#minsyncperiod
   */
  endpointSeconds: 5,
} as const;

/** Even if the testbed's clocks run faster than the cloud's, a check's time-out is at least this many seconds, since a busy machine may answer late. */
const leastCheckTimeoutSeconds = 1;

/**
 * When a member that fell silent is unhealthy, at the latest: it may have answered a check just before, and then so many checks have to fail in a row. In
 * seconds, on a testbed whose clocks run `timeScale` times as fast as the cloud's.
 */
export function latestDetectionSeconds(
  { intervalSeconds, timeoutSeconds, unhealthyThresholdCount, pausesBetween = false }: Checks,
  timeScale: number,
): number {
  const interval = intervalSeconds / timeScale;
  const timeout = Math.max(leastCheckTimeoutSeconds, timeoutSeconds / timeScale);
  // A check begins when the one before it is over.
  const apart = pausesBetween ? interval + timeout : Math.max(interval, timeout);
  return interval + (unhealthyThresholdCount - 1) * apart + timeout;
}

/** The same at the earliest: a check fails right away, and the others follow an interval apart. */
export function earliestDetectionSeconds(
  { intervalSeconds, unhealthyThresholdCount }: Checks,
  timeScale: number,
): number {
  return ((unhealthyThresholdCount - 1) * intervalSeconds) / timeScale;
}

/** The same at the latest, including propagation and what a busy machine adds. */
export function latestOutOfServiceSeconds(checks: Checks, timeScale: number): number {
  return latestDetectionSeconds(checks, timeScale) + timing.propagationSeconds + timing.machineSeconds;
}

type Speed = Pick<Conditions, "clocks" | "timeScale">;

/** From a member's registration to its first request, at the earliest. */
export const earliestFirstRequestSeconds = ({ clocks, timeScale }: Speed): number =>
  clocks.registrationSeconds.least / timeScale;

/**
 * The same at the latest: it has to be registered and to pass a check of both ways' defaults. In seconds, including propagation and
 * what a busy machine adds.
 */
export function latestFirstRequestSeconds({ clocks, timeScale }: Speed): number {
  const { intervalSeconds, timeoutSeconds } = clocks.checks.Cluster;
  const inTheCloud = clocks.registrationSeconds.most + intervalSeconds + timeoutSeconds;
  return inTheCloud / timeScale + timing.propagationSeconds + timing.machineSeconds;
}
