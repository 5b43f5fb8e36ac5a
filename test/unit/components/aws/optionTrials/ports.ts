import type { Trials } from "./trial.ts";
import { annotated, http, portOf } from "./trial.ts";

const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/aaaaaaaa-2222-3333-4444-555555555555";

export const ports = {
  "ports[].port": {
    given: { ports: [{ name: "http", port: 8443 }] },
    nodePort: { type: "Listener", inputs: { port: 8443 } },
    loadBalancer: portOf({ port: 8443 }),
  },
  "ports[].protocol": {
    given: { ports: [{ ...http, protocol: "UDP" }], healthCheck: { port: 10256 } },
    nodePort: { type: "Listener", inputs: { protocol: "UDP" } },
    loadBalancer: portOf({ protocol: "UDP" }),
  },
  "ports[].targetPort": {
    given: { ports: [{ ...http, targetPort: "web" }] },
    nodePort: { type: "Service", inputs: portOf({ targetPort: "web" }) },
    loadBalancer: portOf({ targetPort: "web" }),
  },
  "ports[].nodePort": {
    given: { ports: [{ ...http, nodePort: 30080 }] },
    nodePort: { type: "Service", inputs: portOf({ nodePort: 30080 }) },
    loadBalancer: portOf({ nodePort: 30080 }),
  },
  allocateLoadBalancerNodePorts: {
    given: { allocateLoadBalancerNodePorts: true },
    nodePort: undefined,
    loadBalancer: { spec: { allocateLoadBalancerNodePorts: true } },
  },
  "ports[].appProtocol": {
    given: { ports: [{ ...http, appProtocol: "http" }] },
    nodePort: { type: "Service", inputs: portOf({ appProtocol: "http" }) },
    loadBalancer: portOf({ appProtocol: "http" }),
  },
  "ports[].tls": {
    given: { ports: [{ name: "https", port: 443, tls: { certificateArn } }] },
    nodePort: { type: "Listener", inputs: { certificateArn, protocol: "TLS" } },
    loadBalancer: annotated({ "ssl-cert": certificateArn, "ssl-ports": "443" }),
  },
} satisfies Trials;
