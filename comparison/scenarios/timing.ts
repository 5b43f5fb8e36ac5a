/** How long scenarios send, wait and listen: one place, so that a run can be read against it. */

/** Seconds, but for what says otherwise. Those of load balancers are AWS's own and have to be divided by the bed's time scale. */
export const timing = {
  /** A request without an answer for so long is lost. */
  requestTimeoutMilliseconds: 2000,
  /** The same where nothing is meant to fail, and few requests are under way at once: only a machine that is very busy needs so long. */
  burstTimeoutMilliseconds: 5000,
  burstUnderWay: 3,
  /** Longest time for a pod to be made, or to end with its grace period of 35 s. */
  podSeconds: 90,
  /** Longest time for a roll-out of three pods. */
  rollOutSeconds: 180,
  /** Longest time for the cloud controller to do what a change of a Service or a node asks of it. */
  controllerSeconds: 60,
  /**
   * From a target's registration to its first check: 180 to 300 s on AWS.
   * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834
   */
  registrationSeconds: 300,
  /** Time for the data plane to see a change of the API's, which on AWS takes seconds too. */
  propagationSeconds: 2,
  /** Requests each second, where a scenario sends while something happens. */
  perSecond: 50,
} as const;

/**
 * When a target that fell silent is found out, at the latest: it may have answered just before it did, the checks that follow each need their time-out, and the last
 * one decides. Seconds, on a bed whose clocks run `timeScale` times as fast as AWS's.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export function latestDetectionSeconds(
  {
    intervalSeconds,
    timeoutSeconds,
    unhealthyThresholdCount,
  }: {
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly unhealthyThresholdCount: number;
  },
  timeScale: number,
): number {
  return (intervalSeconds * unhealthyThresholdCount + timeoutSeconds) / timeScale;
}
