/** The exposures that the testbed has in both ways, by what is special about each. */
import type { NetworkLoadBalancerOptions, ServicePort } from "../../../components/index.ts";
import type { BySide } from "../../result/bySide.ts";

export interface Variant {
  readonly options: NetworkLoadBalancerOptions;
  readonly ports: readonly ServicePort[];
  /** Whether it declares the node rules that all variants with its source range share. AWS keeps a rule once, so one variant of a range declares them. */
  readonly sharedNodeRules: boolean;
  /** Whether the program's load balancer has the nodes' Auto Scaling group attached instead of each node. @default false */
  readonly attachesGroup?: boolean;
}

const http: ServicePort = { name: "http", port: 80, targetPort: "http", appProtocol: "http" };

/**
 * Who may connect: the client outside the VPC, and everything inside, which covers the load balancers' own addresses. No other stack uses these ranges: AWS keeps a rule once
 * for the same protocol, ports and source, and Pulumi does not accept a rule that somebody else has made.
 */
const clients = { loadBalancerSourceRanges: ["198.51.100.8/29", "10.0.0.0/18"] } as const;
const udpClients = { loadBalancerSourceRanges: ["198.51.100.8/30"] } as const;

export const variants = {
  /** The defaults of both ways. */
  plain: { options: clients, ports: [http], sharedNodeRules: true },
  crossZone: {
    options: { ...clients, crossZoneLoadBalancing: true },
    ports: [http],
    sharedNodeRules: false,
  },
  local: { options: { ...clients, externalTrafficPolicy: "Local" }, ports: [http], sharedNodeRules: false },
  /** Its targets are the same nodes, however they became targets. */
  masqueraded: {
    options: { ...clients, preserveClientIp: false },
    ports: [http],
    sharedNodeRules: false,
    attachesGroup: true,
  },
  localMasqueraded: {
    options: { ...clients, externalTrafficPolicy: "Local", preserveClientIp: false },
    ports: [http],
    sharedNodeRules: false,
  },
  /** A UDP port answers no health checks, so kube-proxy's own health port is checked. */
  udp: {
    options: { ...udpClients, healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz" } },
    ports: [{ name: "udp", port: 80, protocol: "UDP", targetPort: "udp" }],
    sharedNodeRules: true,
  },
} as const satisfies Readonly<Record<string, Variant>>;

export type VariantName = keyof typeof variants;

/** A change of what is declared of one variant. */
export interface Change {
  readonly variant: VariantName;
  /** @default both */
  readonly side?: keyof BySide<unknown>;
  readonly options?: Partial<NetworkLoadBalancerOptions>;
  /** Both sides are in one cluster, so whatever is unique in a cluster has to differ between them. */
  readonly ports?: (declared: readonly ServicePort[], side: keyof BySide<unknown>) => readonly ServicePort[];
}

/** What one side declares of a variant, with a change if there is one. */
export function declared(name: VariantName, side: keyof BySide<unknown>, change?: Change): Variant {
  const variant: Variant = variants[name];
  if (change?.variant !== name || (change.side ?? side) !== side) return variant;
  return {
    ...variant,
    options: { ...variant.options, ...change.options },
    ports: change.ports?.(variant.ports, side) ?? variant.ports,
  };
}
