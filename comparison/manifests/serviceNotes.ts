/** What a user should know of a Service, whatever load balancer it gets. */
import type { ServiceFacts } from "../model/service.ts";

/** https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors */
export function withoutSelector({ selector }: ServiceFacts): string[] {
  if (Object.keys(selector).length > 0) return [];
  return [
    "The Service has no selector, so it has no pods unless someone writes EndpointSlices for it. The load balancer is made all the same.",
  ];
}

/** For a load balancer that leads to node ports. https://kubernetes.io/docs/reference/labels-annotations-taints/#servicekubernetesioservice-proxy-name */
export function withoutKubeProxy({ withoutKubeProxy: label }: ServiceFacts): string[] {
  if (label === undefined) return [];
  return [
    `kube-proxy does not serve this Service, because it has the label ${label}. Its node ports answer, and health checks succeed, only where another proxy serves it.`,
  ];
}
