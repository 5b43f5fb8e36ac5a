/** What the controller writes into the status of a Service. v1.35.0, pkg/openstack/loadbalancer.go (createLoadBalancerStatus) */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, given } from "./annotations.ts";
import { proxyProtocolOf } from "./settings.ts";

/** The name that the Service asks for; with the proxy protocol perhaps `<address>.<suffix>`, as cloud.conf says; or else the address. */
export function inStatus(service: ServiceFacts, address: string): string {
  const [written = ""] = service.ingress;
  const isNamed = proxyProtocolOf(service) !== undefined && written.startsWith(`${address}.`);
  return given(annotation(service, "hostname")) ?? (isNamed ? written : address);
}
