/** What a cloud has to document of load balancers that end TLS. */
import type { DocumentedBySide, DocumentedValue } from "../documented.ts";
import type { TlsVersions } from "../testbed/variants.ts";
import type { Seen } from "../traffic/addressOwner.ts";

/** Of two certificates: the first one, or the other one, which has a host of its own. */
export type Served = "the first certificate" | "the host's own certificate";

export const none = "none";
export const refused = "refused";

export interface TlsExpectations {
  /** What a client gets that asks for the host of the other certificate. */
  readonly ownHost: DocumentedBySide<Served>;
  /** The same of the first one's host, of an unknown host, and of none. */
  readonly otherHosts: DocumentedValue<Served>;
  /** What a client that offers HTTP/2 and HTTP/1.1 is answered by ALPN. */
  readonly protocol: DocumentedBySide<"http/1.1" | typeof none>;
  /** The version of TLS, by those that the listener accepts. */
  readonly newest: Readonly<Record<TlsVersions, DocumentedValue<string>>>;
  /** The same of a client that has none later than 1.1. */
  readonly old: Readonly<Record<TlsVersions, DocumentedValue<string>>>;
  /** Whose address pods see, with the policy Local, if the load balancer keeps the client's address. */
  readonly kept: DocumentedValue<Seen>;
  /** The same if it does not. */
  readonly hidden: DocumentedValue<Seen>;
}
