import type { Trials } from "./trial.ts";
import { annotated, http } from "./trial.ts";

export const healthCheck = {
  "ports[].healthCheck": {
    given: { ports: [{ ...http, healthCheck: { protocol: "HTTP", path: "/ready" } }] },
    nodePort: { type: "TargetGroup", inputs: { healthCheck: { protocol: "HTTP", path: "/ready" } } },
    loadBalancer: annotated({ "healthcheck-protocol": "HTTP", "healthcheck-path": "/ready" }),
  },
  healthCheck: {
    given: { healthCheck: { protocol: "HTTP", path: "/ready" } },
    nodePort: { type: "TargetGroup", inputs: { healthCheck: { protocol: "HTTP", path: "/ready" } } },
    loadBalancer: annotated({ "healthcheck-protocol": "HTTP", "healthcheck-path": "/ready" }),
  },
  healthCheckNodePort: {
    given: { healthCheckNodePort: 30080, externalTrafficPolicy: "Local" },
    nodePort: {
      type: "TargetGroup",
      inputs: { healthCheck: { protocol: "HTTP", port: "30080", path: "/healthz", interval: 10 } },
    },
    loadBalancer: { spec: { healthCheckNodePort: 30080 } },
  },
} satisfies Trials;
