/** What the controller itself refuses. pkg/openstack/loadbalancer.go (checkService, makeSvcConf) */
import { octaviaRanges } from "../../../../../components/openstack/defaults.ts";
import { prefix } from "../annotations.ts";
import { monitorsStay } from "../existing.ts";
import { includedNodes } from "../nodes.ts";
import { addsForwardedFor, isMonitored, monitorTimingOf, proxyProtocolOf } from "../settings.ts";
import { namedRanges, networkOf } from "../sourceRanges.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";

const { retries } = octaviaRanges;

const nameOf = ({ service: { namespace, identity } }: RefusalContext): string =>
  `${namespace}/${identity.name}`;

export const controllerRefusals: readonly Refusal[] = [
  {
    id: "nodes",
    refused: "a cluster of which every node is kept from load balancers, or without nodes",
    by: "controller",
    source: "loadbalancer.go (checkService)",
    reason: (context) =>
      context.cluster !== undefined && includedNodes(context.cluster.nodes).length === 0
        ? `there are no available nodes for LoadBalancer service ${nameOf(context)}`
        : undefined,
  },
  {
    id: "client-address",
    refused: `\`${prefix}proxy-protocol\` together with \`${prefix}x-forwarded-for: "true"\``,
    by: "controller",
    source: "loadbalancer.go (makeSvcConf)",
    reason: ({ service }) =>
      proxyProtocolOf(service) !== undefined && addsForwardedFor(service)
        ? `annotation ${prefix}proxy-protocol and ${prefix}x-forwarded-for cannot be used together`
        : undefined,
  },
  {
    id: "source-ranges",
    refused:
      "`spec.loadBalancerSourceRanges`, or the annotation in its place, with what is no range in CIDR notation",
    by: "controller",
    source: "loadbalancer.go (GetLoadBalancerSourceRanges)",
    reason(context) {
      const { where, ranges } = namedRanges(context.service);
      const wrong = ranges.find((range) => networkOf(range) === undefined);
      return wrong === undefined
        ? undefined
        : `failed to get source ranges for loadbalancer service ${nameOf(context)}: ${where} has "${wrong}"; allowed are ranges in CIDR notation, such as 203.0.113.0/24`;
    },
  },
  zero("health-monitor-delay", "intervalSeconds", "1 or more"),
  zero("health-monitor-timeout", "timeoutSeconds", "1 or more"),
  zero("health-monitor-max-retries", "healthyThresholdCount", `${retries.min} to ${retries.max}`),
];

/**
 * The controller's client takes 0 for a value that is not given, and sends no request for a new monitor; of one that there is, it leaves the value as it is. Less than 0 is
 * Octavia's to refuse.
 */
function zero(
  name: string,
  field: "intervalSeconds" | "timeoutSeconds" | "healthyThresholdCount",
  allowed: string,
): Refusal {
  return {
    id: `${name}-of-0`,
    refused: `\`${prefix}${name}\`, or its setting in cloud.conf, of 0 for a new monitor; one that exists keeps its value`,
    by: "controller",
    source: "gophercloud v2.8.0, openstack/loadbalancer/v2/monitors/requests.go (CreateOpts)",
    reason: ({ service, settings, existing }) =>
      isMonitored(service, settings) &&
      monitorTimingOf(service, settings)[field] === 0 &&
      (existing === undefined || !monitorsStay(service, settings, existing))
        ? `the controller's client sends no ${name} of 0; allowed is ${allowed}`
        : undefined,
  };
}
