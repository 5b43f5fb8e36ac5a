/** AWS's durations and the lab's scale: every wait of a load balancer is divided by the same number. */
export interface Clocks {
  /** The time from registration to a target's first check: 180 to 300 s on AWS. https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834 */
  readonly registrationSeconds: number;
  /** 1 is real time. */
  readonly scale: number;
}

/**
 * How long a flow may be idle before it is forgotten. For a TCP listener it can be set, from 60 to 6000 s.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout
 */
export const idleTimeoutSeconds = { tcp: 350, udp: 120 } as const;

/** A check's time-out is never scaled below this: a busy machine's response time says nothing about a target. */
const leastCheckTimeoutMs = 1000;

export const realMs = (awsSeconds: number, { scale }: Clocks): number => (awsSeconds * 1000) / scale;

export const checkTimeoutMs = (awsSeconds: number, clocks: Clocks): number =>
  Math.max(leastCheckTimeoutMs, realMs(awsSeconds, clocks));

/** For the kernel's connection tracking, which counts whole seconds. */
export const kernelSeconds = (awsSeconds: number, { scale }: Clocks): number =>
  Math.max(1, Math.round(awsSeconds / scale));
