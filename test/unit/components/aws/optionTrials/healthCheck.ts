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
} satisfies Trials;
