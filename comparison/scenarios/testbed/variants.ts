/** The exposures that the testbed has in both ways. Each cloud says in its own options what a variant is there: `comparison/clouds/<cloud>/testbed/`. */
import type { ExposureOptions, ServicePort } from "../../../components/core/index.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";
import type { BySide } from "../../result/bySide.ts";

export interface Variant {
  readonly options: ExposureOptions;
  readonly ports: readonly ServicePort[];
  /** Whether an address of the load balancer also uses members in other zones. @default false */
  readonly crossZone?: boolean;
  /** Whether the members see the client's address. @default the cloud's own: true for nodes */
  readonly preservesClientAddress?: boolean;
  /** Whether the program's load balancer has the nodes' group of machines attached instead of each node. @default false */
  readonly attachesGroup?: boolean;
  /** Whether the controller in the cluster registers the members of the program's load balancer, and not the program. @default false: it registers pods only */
  readonly controllerRegisters?: boolean;
  /** How long a member that is taken out keeps its connections. Only the program's load balancer can have it. @default the cloud's own */
  readonly drainingSeconds?: number;
  /** Whether pods themselves are the members, at their own ports, and not nodes. @default false */
  readonly podMembers?: boolean;
  /** Of ports that end TLS, by the names of the ports. @default none does */
  readonly tls?: Readonly<Record<string, EndsTls>>;
  /** Whether each connection to a member begins with a proxy protocol header. @default the cloud's own: no */
  readonly proxyProtocol?: boolean;
  /** Whether its pods are of an app that expects such a header, and takes the client's address from it. @default false */
  readonly readsHeader?: boolean;
  /** Whether its pods are apart from those of the other variants, so that one of them can be killed while something else is measured. @default false */
  readonly ownPods?: boolean;
}

/** How a listener ends TLS. It also offers HTTP/1.1 by ALPN, if its way can. */
export interface EndsTls {
  /** The cloud's names of the certificates. The first one is for clients that ask for no other's host. A way that has one certificate only has the first. */
  readonly certificates: readonly [first: string, ...others: string[]];
  readonly versions: TlsVersions;
}

/** Versions that a listener accepts, as a policy of the cloud's has them: 1.2 and 1.3, or those before 1.3. */
export type TlsVersions = "1.2 and 1.3" | "before 1.3";

const http: ServicePort = { name: "http", port: 80, targetPort: "http", appProtocol: "http" };

/**
 * Who may connect: the client outside the cluster's network, and everything inside, which covers the load balancers' own addresses. No other stack uses these ranges: a cloud may
 * keep a rule once for the same protocol, ports and source, and Pulumi does not accept a rule that somebody else has made.
 */
const clients = { loadBalancerSourceRanges: ["198.51.100.8/29", "10.0.0.0/18"] } as const;
const udpClients = { loadBalancerSourceRanges: ["198.51.100.8/30"] } as const;

export const variants = {
  /** The defaults of both ways. */
  plain: { options: clients, ports: [http] },
  crossZone: { options: clients, ports: [http], crossZone: true },
  local: { options: { ...clients, externalTrafficPolicy: "Local" }, ports: [http] },
  /** Its members are the same nodes, however they became members. */
  masqueraded: { options: clients, ports: [http], preservesClientAddress: false, attachesGroup: true },
  localMasqueraded: {
    options: { ...clients, externalTrafficPolicy: "Local" },
    ports: [http],
    preservesClientAddress: false,
  },
  udp: {
    options: udpClients,
    ports: [{ name: "udp", port: 80, protocol: "UDP", targetPort: "udp" }],
    ownPods: true,
  },
} as const satisfies Readonly<Record<string, Variant>>;

export type VariantName = keyof typeof variants;

export const variantNames = Object.keys(variants) as readonly VariantName[];

/** A change of what is declared of one variant. */
export interface Change {
  readonly variant: VariantName;
  /** @default both */
  readonly side?: keyof BySide<unknown>;
  readonly options?: Partial<ExposureOptions>;
  readonly drainingSeconds?: number;
  readonly controllerRegisters?: boolean;
  readonly podMembers?: boolean;
  readonly preservesClientAddress?: boolean;
  readonly proxyProtocol?: boolean;
  readonly readsHeader?: boolean;
  readonly tls?: Variant["tls"];
  /** Both sides are in one cluster, so whatever is unique in a cluster has to differ between them. */
  readonly ports?: (declared: readonly ServicePort[], side: keyof BySide<unknown>) => readonly ServicePort[];
}

/** What one side declares of a variant, with a change if there is one. */
export function declared(name: VariantName, side: keyof BySide<unknown>, change?: Change): Variant {
  const variant: Variant = variants[name];
  if (change?.variant !== name || (change.side ?? side) !== side) return variant;
  // The rest is what it says of the variant itself.
  const { variant: _variant, side: _side, options, ports, ...ofVariant } = change;
  return {
    ...variant,
    options: { ...variant.options, ...options },
    ...withoutUndefined(ofVariant),
    ports: ports?.(variant.ports, side) ?? variant.ports,
  };
}
