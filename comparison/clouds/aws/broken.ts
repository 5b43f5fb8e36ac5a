/** Why a Network Load Balancer that is there takes no traffic, as far as its settings tell. */
import type { PoolFacts } from "../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../model/service.ts";
import { annotationNamed } from "./annotations/names.ts";

/** Where kube-proxy answers on every node. https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy */
const kubeProxy = { port: 10256, path: "/healthz" };

export function whyNoListener({ allocateLoadBalancerNodePorts }: ServiceFacts): string | undefined {
  return allocateLoadBalancerNodePorts === false
    ? "the Service reserves no node ports, since allocateLoadBalancerNodePorts is false, and instances take traffic at node ports only"
    : undefined;
}

/**
 * Health checks are TCP, HTTP or HTTPS, to a port of the target: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export function whyNoMember(service: ServiceFacts, pool: PoolFacts): string | undefined {
  const { protocol, port } = pool.healthCheck;
  if (port === "traffic-port") {
    return pool.protocol === "UDP"
      ? `the health check is ${protocol} to a UDP node port, which answers no connection; ${kubeProxyInstead(service)}`
      : undefined;
  }
  const isNodePort =
    port === service.healthCheckNodePort || service.ports.some(({ nodePort }) => nodePort === port);
  if (typeof port !== "number" || port === kubeProxy.port || isNodePort) return undefined;
  const behind = service.ports.find((each) => each.targetPort === port || each.port === port);
  const nodePort = typeof behind?.nodePort === "number" ? `use its node port ${behind.nodePort}, or ` : "";
  return `the health check goes to port ${port} of the nodes, which is no node port of the Service: a container's port does not answer there; ${nodePort}${kubeProxyInstead(service)}`;
}

function kubeProxyInstead({ type }: ServiceFacts): string {
  if (type !== "LoadBalancer") return `check kube-proxy's HTTP ${kubeProxy.port}${kubeProxy.path}`;
  const settings = [
    ["healthcheck-protocol", "http"],
    ["healthcheck-port", String(kubeProxy.port)],
    ["healthcheck-path", kubeProxy.path],
  ].map(([name = "", value = ""]) => `${annotationNamed(name)}: "${value}"`);
  return `check kube-proxy with the annotations ${settings.join(", ")}`;
}
