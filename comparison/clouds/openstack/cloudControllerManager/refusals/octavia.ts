/** What Octavia refuses of load balancers, listeners and pools when the controller asks for them. octavia 19.0.0 */
import { octaviaRanges } from "../../../../../components/openstack/defaults.ts";
import { integer, prefix } from "../annotations.ts";
import { listenerInTheWay, listenerProtocol, poolsStay } from "../existing.ts";
import { addsForwardedFor, lbMethodOf, proxyProtocolOf, timeoutsOf } from "../settings.ts";
import { sourceRanges } from "../sourceRanges.ts";
import { notTcp } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

export const methods: readonly string[] = ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"];

const annotationOf = {
  clientData: "timeout-client-data",
  memberConnect: "timeout-member-connect",
  memberData: "timeout-member-data",
  tcpInspect: "timeout-tcp-inspect",
} as const;

export const octaviaRefusals: readonly Refusal[] = [
  {
    id: "proxy-protocol",
    refused: `\`${prefix}proxy-protocol\` with a port that is not TCP`,
    by: "Octavia",
    source: "octavia/common/constants.py (VALID_LISTENER_POOL_PROTOCOL_MAP)",
    reason({ service }) {
      const [other, proxy] = [notTcp(service), proxyProtocolOf(service)];
      return other === undefined || proxy === undefined
        ? undefined
        : `Octavia has no pool of the protocol ${proxy} for a listener of ${other.protocol} (port ${other.port}); remove ${prefix}proxy-protocol, or use one Service per protocol`;
    },
  },
  {
    id: "ipv6-ranges",
    refused: "source ranges of IPv6 for a load balancer with an IPv4 address",
    by: "Octavia",
    source: "octavia/api/v2/controllers/listener.py (_validate_cidr_compatible_with_vip)",
    reason({ service }) {
      const ipv6 = sourceRanges(service).find((range) => range.includes(":"));
      return ipv6 === undefined
        ? undefined
        : `Octavia allows no range of IPv6 at a load balancer with an IPv4 address: "${ipv6}"; remove it`;
    },
  },
  {
    id: "lb-method",
    refused: `\`${prefix}lb-method\`, or lb-method in cloud.conf, that is none of ${methods.join(", ")}, for a new pool; one that exists keeps its own`,
    by: "Octavia",
    source: "octavia/api/v2/types/pool.py (PoolPOST)",
    reason({ service, settings, existing }) {
      const method = lbMethodOf(service, settings);
      const isNew = existing === undefined || !poolsStay(service, existing);
      return methods.includes(method) || !isNew
        ? undefined
        : `Octavia knows no lb-method "${method}"; allowed are ${methods.join(", ")}`;
    },
  },
  {
    id: "connection-limit",
    refused: `\`${prefix}connection-limit\` below -1`,
    by: "Octavia",
    source: "octavia/api/v2/types/listener.py (ListenerPOST)",
    reason({ service }) {
      const limit = integer(service, "connection-limit", -1);
      return limit < -1 ? `Octavia allows no connection-limit of ${limit}; allowed is -1 or more` : undefined;
    },
  },
  ...(["clientData", "memberConnect", "memberData", "tcpInspect"] as const).map(timeoutRefusal),
];

/** Octavia has one listener of TCP on a port, whatever it makes of it. */
export const listenerInPlace: Refusal = {
  id: "listener-in-place",
  refused: `\`${prefix}x-forwarded-for\` that is added to a Service with a load balancer, or removed from it`,
  by: "Octavia",
  source:
    "octavia/api/v2/controllers/listener.py (_validate_create_listener), loadbalancer.go (ensureOctaviaListener)",
  reason({ service, existing }) {
    if (existing === undefined) return undefined;
    const [found] = service.ports.flatMap((port) => {
      const listener = listenerInTheWay(service, port, existing);
      return listener === undefined ? [] : [{ listener, wanted: listenerProtocol(service, port) }];
    });
    return found === undefined
      ? undefined
      : `Octavia has a listener of ${found.listener.protocol} on port ${found.listener.port}, and no second one of ${found.wanted} beside it; change ${prefix}x-forwarded-for back, or make the Service anew`;
  },
};

/** It makes pools and their monitors before listeners. octavia/api/v2/controllers/load_balancer.py (_graph_create) */
export const duplicateListener: Refusal = {
  id: "duplicate-listener",
  refused: `\`${prefix}x-forwarded-for: "true"\` with two ports of one number`,
  by: "Octavia",
  source: "octavia/api/v2/controllers/listener.py (_validate_create_listener)",
  reason({ service }) {
    const numbers = service.ports.map(({ port }) => port);
    const twice = numbers.find((port, index) => numbers.indexOf(port) !== index);
    return twice === undefined || !addsForwardedFor(service)
      ? undefined
      : `Octavia has no second HTTP listener on port ${twice}, and ${prefix}x-forwarded-for makes one of each port; remove it, or use one Service per protocol`;
  },
};

function timeoutRefusal(what: keyof ReturnType<typeof timeoutsOf>): Refusal {
  const { min, max } = octaviaRanges.timeoutMilliseconds;
  return {
    id: `timeout-${what}`,
    refused: `\`${prefix}${annotationOf[what]}\` outside ${min} to ${max}`,
    by: "Octavia",
    source: "octavia/common/constants.py (MIN_TIMEOUT, MAX_TIMEOUT)",
    reason({ service }) {
      const value = timeoutsOf(service)[what];
      return value < min || value > max
        ? `Octavia allows no time-out ${what} of ${value}; allowed is ${min} to ${max}`
        : undefined;
    },
  };
}
