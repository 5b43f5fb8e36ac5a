/** The exposures that the testbed has in both ways, by what is special about each. Data only. */
import type { NetworkLoadBalancerOptions, ServicePort } from "../../../components/index.ts";
import type { BySide } from "../../result/bySide.ts";

export interface Variant {
  readonly options: NetworkLoadBalancerOptions;
  readonly ports: readonly ServicePort[];
  /** Whether it declares the rules on the nodes that its source range needs besides its own: AWS keeps a rule once, so one variant of a range does. */
  readonly sharedNodeRules: boolean;
  /** Whether the load balancer of one's own has the nodes' Auto Scaling group attached, and not each node. @default false */
  readonly attachesGroup?: boolean;
}

const http: ServicePort = { name: "http", port: 80, targetPort: "http", appProtocol: "http" };

/**
 * Who may connect: the client outside the VPC, and all inside, which covers the load balancers' own addresses. Ranges that nobody else writes, since AWS keeps a rule once for
 * the same protocol, ports and source, and Pulumi does not accept one that somebody else has made.
 */
const clients = { loadBalancerSourceRanges: ["198.51.100.8/29", "10.0.0.0/18"] } as const;
const udpClients = { loadBalancerSourceRanges: ["198.51.100.8/30"] } as const;

export const variants = {
  /** As both ways are by default. */
  plain: { options: clients, ports: [http], sharedNodeRules: true },
  crossZone: {
    options: { ...clients, crossZoneLoadBalancing: true },
    ports: [http],
    sharedNodeRules: false,
  },
  local: { options: { ...clients, externalTrafficPolicy: "Local" }, ports: [http], sharedNodeRules: false },
  /** Its targets are the same nodes, whichever way they become targets. */
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
  /** UDP answers no health check: kube-proxy's own is asked. */
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
  /** Both sides are in one cluster, so what is unique in it has to differ between them. */
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
