import type { Rows } from "./row.ts";
import { service, targetGroup } from "./words.ts";

/** What each way makes of the health checks. Sources are in `row.ts`. */
export const healthCheck = {
  "ports[].healthCheck": {
    nodePort: targetGroup("healthCheck"),
    loadBalancer: { by: "the Service's healthCheck", but: "has one check for all ports of a Service" },
    loadBalancerController: {
      by: "the Service's healthCheck",
      but: "has one check for all ports of a Service",
    },
  },
  healthCheck: {
    nodePort: targetGroup("healthCheck"),
    loadBalancer: {
      by: "annotations aws-load-balancer-healthcheck-protocol, -port, -path, -interval, -healthy-threshold, -unhealthy-threshold",
      but: "sends neither a time-out nor a matcher",
    },
    loadBalancerController: {
      by: "annotations aws-load-balancer-healthcheck-protocol, -port, -path, -success-codes, -interval, -timeout, -healthy-threshold, -unhealthy-threshold",
    },
  },
  healthCheckNodePort: {
    nodePort: {
      by: "a Service of a class that nobody serves: spec.healthCheckNodePort; TargetGroup: healthCheck",
    },
    loadBalancer: service("spec.healthCheckNodePort"),
    loadBalancerController: service("spec.healthCheckNodePort"),
  },
} satisfies Rows;
