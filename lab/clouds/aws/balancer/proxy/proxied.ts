/** Which listeners need a proxy: the packet filter neither ends TLS nor adds proxy protocol headers. */
import { enabled } from "../attributes.ts";
import type { ListenerFacts, TargetGroupFacts, TlsFacts } from "../facts.ts";

/** How the proxy serves a listener in one zone. */
export interface Proxied {
  /** Where the packet filter sends the clients' connections, at the listener's port. */
  readonly entrance: string;
  /** Where the proxy connects to, at the listener's port: the packet filter chooses a target, as for any client. */
  readonly exit: string;
  /** What targets see as the source if the client's address is not kept. */
  readonly privateAddress: string;
  /** Undefined if the listener is TCP. */
  readonly tls: TlsFacts | undefined;
  readonly encryptsToTargets: boolean;
  /** Whether each connection to a target begins with a proxy protocol header. */
  readonly addsHeader: boolean;
  /** Whether the proxy connects with the client's address. */
  readonly keepsClient: boolean;
}

/** Undefined if the packet filter alone can serve the listener. */
export function proxiedBy(
  { protocol, tls }: ListenerFacts,
  group: TargetGroupFacts,
  privateAddress: string,
  keepsClient: boolean,
): Proxied | undefined {
  const addsHeader = protocol !== "UDP" && protocol !== "TCP_UDP" && asksForHeader(group);
  if (tls === undefined && !addsHeader) return undefined;
  return {
    entrance: within(entrances, privateAddress),
    exit: within(exits, privateAddress),
    privateAddress,
    tls,
    encryptsToTargets: group.protocol === "TLS",
    addsHeader,
    keepsClient,
  };
}

export const asksForHeader = ({ attributes }: Pick<TargetGroupFacts, "attributes">): boolean =>
  enabled(attributes, "proxy_protocol_v2.enabled", false);

/** Address blocks that nothing else in the lab uses. https://www.rfc-editor.org/rfc/rfc6598 */
export const proxyCidr = "100.64.0.0/15";
const entrances = "100.64";
const exits = "100.65";

/** The VPC is a /16, so that the last two numbers tell its addresses apart. */
const within = (block: string, address: string): string => [block, ...address.split(".").slice(2)].join(".");
