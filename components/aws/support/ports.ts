import type { Rows } from "./row.ts";
import { annotations, service } from "./words.ts";

/** What each way makes of the options of a port. Sources are in `row.ts`. */
export const ports = {
  "ports[].port": {
    nodePort: { by: "Listener: port" },
    loadBalancer: service("spec.ports[].port"),
    loadBalancerController: service("spec.ports[].port"),
  },
  "ports[].protocol": {
    nodePort: { by: "Listener and TargetGroup: protocol, TCP_UDP for both on one number" },
    loadBalancer: service("spec.ports[].protocol", "refuses TCP and UDP in one Service"),
    loadBalancerController: {
      by: "Service: spec.ports[].protocol; annotation enable-tcp-udp-listener for both on one number",
    },
  },
  "ports[].targetPort": {
    nodePort: service("spec.ports[].targetPort"),
    loadBalancer: service("spec.ports[].targetPort"),
    loadBalancerController: service("spec.ports[].targetPort"),
  },
  "ports[].nodePort": {
    nodePort: service("spec.ports[].nodePort"),
    loadBalancer: service("spec.ports[].nodePort"),
    loadBalancerController: service("spec.ports[].nodePort"),
  },
  allocateLoadBalancerNodePorts: {
    nodePort: { by: "nothing: a Service of type NodePort always has node ports" },
    loadBalancer: service("spec.allocateLoadBalancerNodePorts", "needs node ports"),
    loadBalancerController: service(
      "spec.allocateLoadBalancerNodePorts",
      "needs node ports for targets of type instance",
    ),
  },
  "ports[].appProtocol": {
    nodePort: service("spec.ports[].appProtocol"),
    loadBalancer: service("spec.ports[].appProtocol"),
    loadBalancerController: service("spec.ports[].appProtocol"),
  },
  "ports[].tls": {
    nodePort: {
      by: "Listener: certificateArn, sslPolicy, alpnPolicy; ListenerCertificate; TargetGroup: protocol",
    },
    loadBalancer: {
      ...annotations("ssl-cert", "ssl-ports", "ssl-negotiation-policy", "backend-protocol"),
      but: "has one certificate and one policy for all TLS ports of a Service, and sends no ALPN policy",
    },
    loadBalancerController: {
      ...annotations("ssl-cert", "ssl-ports", "ssl-negotiation-policy", "alpn-policy", "backend-protocol"),
      but: "has the same for all TLS ports of a Service",
    },
  },
} satisfies Rows;
