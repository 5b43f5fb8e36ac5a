/** A pool without a health monitor. */
import type { HealthCheckFacts } from "../../model/loadBalancer.ts";

export const noHealthCheck: HealthCheckFacts = {
  enabled: false,
  protocol: "none",
  port: "traffic-port",
  intervalSeconds: 0,
  timeoutSeconds: 0,
  healthyThresholdCount: 0,
  unhealthyThresholdCount: 0,
};
