/** AWS's clocks, and how many times faster the lab's run: every wait of a load balancer is divided by the same number. */
export interface Clocks {
  /** From registration to a target's first check: on AWS 180 to 300 s. https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834 */
  readonly registrationSeconds: number;
  /** 1 is real time. */
  readonly scale: number;
}

/**
 * How long a flow may be silent before it is forgotten. That of a TCP listener can be set, from 60 to 6000 s.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout
 */
export const idleTimeoutSeconds = { tcp: 350, udp: 120 } as const;

/** A check's time-out is never scaled below this: what a busy machine needs to answer says nothing about a target. */
const leastCheckTimeoutMs = 1000;

export const realMs = (awsSeconds: number, { scale }: Clocks): number => (awsSeconds * 1000) / scale;

export const checkTimeoutMs = (awsSeconds: number, clocks: Clocks): number =>
  Math.max(leastCheckTimeoutMs, realMs(awsSeconds, clocks));

/** For the kernel's connection tracking, which counts whole seconds. */
export const kernelSeconds = (awsSeconds: number, { scale }: Clocks): number =>
  Math.max(1, Math.round(awsSeconds / scale));
