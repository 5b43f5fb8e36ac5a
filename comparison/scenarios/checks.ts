/** How both ways check targets' health by default. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go */

/** In seconds of AWS's clock. The time-out is AWS's default for TCP, the longer of both ways' time-outs. */
export interface Checks {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly unhealthyThresholdCount: number;
}

export const clusterChecks: Checks = { intervalSeconds: 30, timeoutSeconds: 10, unhealthyThresholdCount: 3 };

/** Under policy Local. */
export const localChecks: Checks = { intervalSeconds: 10, timeoutSeconds: 10, unhealthyThresholdCount: 2 };
