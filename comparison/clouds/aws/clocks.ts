/** How long Network Load Balancers take. */
import type { Clocks } from "../../scenarios/clocks.ts";

export const clocks: Clocks = {
  /**
   * As the cloud controller manager configures them: https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go
   * The time-out is the default for TCP, the longer of both ways' time-outs:
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
   */
  checks: {
    Cluster: { intervalSeconds: 30, timeoutSeconds: 10, unhealthyThresholdCount: 3 },
    Local: { intervalSeconds: 10, timeoutSeconds: 10, unhealthyThresholdCount: 2 },
  },
  /** https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834 */
  registrationSeconds: { least: 180, most: 300 },
};
