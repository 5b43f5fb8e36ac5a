import { isIPv6 } from "node:net";
import type { Output } from "@pulumi/pulumi";
import { defaults } from "./defaults.ts";
import type { ServicePort } from "./exposure.ts";

/** Where clients reach a load balancer: its host name (AWS), or its IP addresses (Google Cloud, OpenStack). */
export type Addresses = readonly [string, ...string[]];

/** What a Service's status says of its load balancer. https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceStatus */
export interface LoadBalancerStatus {
  readonly ingress?: readonly { readonly hostname?: string; readonly ip?: string }[];
}

/** The addresses in a Service's status, or undefined while it has none. */
export function addressesIn(status: LoadBalancerStatus | undefined): Addresses | undefined {
  const [first, ...others] = (status?.ingress ?? []).flatMap(({ hostname, ip }) => hostname ?? ip ?? []);
  return first === undefined ? undefined : [first, ...others];
}

/** The URL of the first port. */
export function exposureUrl(addresses: Output<Addresses>, ports: readonly ServicePort[]): Output<string> {
  return addresses.apply(([host]) => urlOf(host, ports[0]));
}

function urlOf(host: string, first: ServicePort | undefined): string {
  if (first === undefined) return "";
  const scheme = first.appProtocol ?? (first.protocol ?? defaults.protocol).toLowerCase();
  const standard = { http: 80, https: 443 }[scheme];
  const port = first.port === standard ? "" : `:${first.port}`;
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}${port}`;
}
