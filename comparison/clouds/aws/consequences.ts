/** What one difference of AWS's objects brings along. */
import { isSameChange } from "../../difference/consequences.ts";
import type { Consequence } from "../../difference/consequences.ts";
import { later } from "../../model/later.ts";

/** Tags by which controllers find their own objects. */
const ofControllers = "tags / (kubernetes\\.io|elbv2\\.k8s\\.aws|service\\.k8s\\.aws)/";

export const consequences: readonly Consequence[] = [
  // A TLS listener has certificates and a policy, and no idle time-out of its own.
  {
    of: /^(loadBalancer \/ listeners \/ .+) \/ protocol$/,
    brings: "^$1 / (certificates|sslPolicy|alpnPolicy|attributes / tcp\\.idle_timeout\\.seconds)$",
  },
  {
    of: /^loadBalancer \/ listeners \/ (.+) \/ protocol$/,
    brings: "^loadBalancer / targetGroups / <target group of $1> / protocol$",
    if: isSameChange,
  },
  // AWS has other defaults for UDP.
  {
    of: /^loadBalancer \/ listeners \/ (.+) \/ protocol$/,
    brings:
      "^loadBalancer / targetGroups / <target group of $1> / attributes / .+\\.connection_termination\\.enabled$",
  },
  {
    of: /^service \/ ports \/ .+ \/ protocol$/,
    brings: "^firewall / .+: (tcp|udp) .+ from ",
    if: ({ path, left, right }, cause) =>
      (right === null && path.includes(`: ${cause.left?.toLowerCase()} `)) ||
      (left === null && path.includes(`: ${cause.right?.toLowerCase()} `)),
  },
  // Pods have other ports, names and defaults than nodes. Nodes that are named by their addresses have the same ports.
  {
    of: /^(loadBalancer \/ targetGroups \/ .+) \/ targetType$/,
    brings: "^$1 / (port|targets( / .+)?|attributes / preserve_client_ip\\.enabled)$",
    if: (_row, { path }, differing) => differing.has(path.replace(/targetType$/, "port")),
  },
  // The path and the accepted codes are those of HTTP, and AWS's time-out depends on the protocol.
  {
    of: /^(loadBalancer \/ targetGroups \/ .+ \/ healthCheck) \/ protocol$/,
    brings: "^$1 / (path|matcher|timeoutSeconds)$",
  },
  // Something else answers at another port.
  {
    of: /^(loadBalancer \/ targetGroups \/ .+ \/ healthCheck) \/ port$/,
    brings: "^$1 / protocol$",
  },
  // Health checks at a node port need rules for it. One that is not allocated yet does not tell by its number that these are the ones.
  {
    of: /^loadBalancer \/ targetGroups \/ .+ \/ healthCheck \/ port$/,
    brings: `^firewall / nodes / .+ ${later} from `,
    if: ({ left, right }, cause) =>
      (cause.left === later && right === null) || (cause.right === later && left === null),
  },
  {
    of: /^loadBalancer \/ attributes \/ access_logs\.s3\.enabled$/,
    brings: "^loadBalancer / attributes / access_logs\\.s3\\.(bucket|prefix)$",
  },
  {
    of: /^(loadBalancer \/ targetGroups \/ .+ \/ attributes) \/ stickiness\.enabled$/,
    brings: "^$1 / stickiness\\.type$",
  },
  // Only with IPv6 there are addresses of IPv6, prefixes for them, attributes about them, and clients to let in.
  {
    of: /^loadBalancer \/ ipAddressType$/,
    brings:
      "^loadBalancer / (zones / .+ / (ipv6Addresses|sourceNatIpv6Prefixes)|enablePrefixForIpv6SourceNat|attributes / ipv6\\..+)$",
    if: ({ left, right }) => left === null || right === null,
  },
  {
    of: /^loadBalancer \/ ipAddressType$/,
    brings: "^firewall / .+ from [0-9a-f]*:[0-9a-f:]*/[0-9]+( / .+)?$",
    if: ({ left, right }) => left === null || right === null,
  },
  // Without groups there are no rules of theirs.
  {
    of: /^loadBalancer \/ securityGroups$/,
    brings:
      "^(firewall / loadBalancer( / .+)?|loadBalancer / enforceSecurityGroupInboundRulesOnPrivateLinkTraffic)$",
    if: (_row, { left, right }) => [left, right].includes("none"),
  },
  // A controller has its own tags and finalizer.
  { of: /^loadBalancer \/ owner$/, brings: `^loadBalancer / (.+ / )?${ofControllers}` },
  { of: /^loadBalancer \/ owner$/, brings: "^service / finalizers / " },
  // The class of a Service names the controller that makes its load balancer.
  { of: /^loadBalancer \/ owner$/, brings: "^service / loadBalancerClass$" },
  // A Service gives its tags to all objects.
  {
    of: /^loadBalancer \/ (tags \/ .+)$/,
    brings: "^loadBalancer / targetGroups / .+ / $1$",
    if: isSameChange,
  },
];
