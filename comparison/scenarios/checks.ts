/** How both ways check targets' health by default. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go */

/** Seconds of AWS's clock; the time-out is AWS's own for TCP, the longest of both ways. */
export interface Checks {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly unhealthyThresholdCount: number;
}

export const clusterChecks: Checks = { intervalSeconds: 30, timeoutSeconds: 10, unhealthyThresholdCount: 3 };

/** Under policy Local. */
export const localChecks: Checks = { intervalSeconds: 10, timeoutSeconds: 10, unhealthyThresholdCount: 2 };
