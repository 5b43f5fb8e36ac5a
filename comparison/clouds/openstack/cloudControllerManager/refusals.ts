/** What the controller, or Octavia when the controller asks it, refuses. In the controller's order. */
import { octaviaRanges } from "../../../../components/openstack/defaults.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import type { ControllerSettings, OpenStackClusterFacts } from "../model.ts";
import { integer, prefix } from "./annotations.ts";
import { includedNodes } from "./nodes.ts";
import {
  addsForwardedFor,
  healthCheckNodePortOf,
  isMonitored,
  lbMethodOf,
  monitorTimingOf,
  monitorType,
  proxyProtocolOf,
  timeoutsOf,
} from "./settings.ts";
import { namedRanges, networkOf, sourceRanges } from "./sourceRanges.ts";

/** The reasons of the controller, then of Octavia. octavia 19.0.0: octavia/api/v2/types/health_monitor.py and pool.py, octavia/api/v2/controllers/listener.py, octavia/common/constants.py */
export function refusals(
  service: ServiceFacts,
  cluster: OpenStackClusterFacts | undefined,
  settings: ControllerSettings | undefined,
): string[] {
  const name = `${service.namespace}/${service.identity.name}`;
  const reasons: string[] = [];
  if (cluster !== undefined && includedNodes(cluster.nodes).length === 0)
    reasons.push(`there are no available nodes for LoadBalancer service ${name}`);
  const proxy = proxyProtocolOf(service);
  if (proxy !== undefined && addsForwardedFor(service))
    reasons.push(`annotation ${prefix}proxy-protocol and ${prefix}x-forwarded-for cannot be used together`);
  const { where, ranges } = namedRanges(service);
  const wrong = ranges.find((range) => networkOf(range) === undefined);
  if (wrong !== undefined)
    reasons.push(
      `failed to get source ranges for loadbalancer service ${name}: ${where} has "${wrong}"; allowed are ranges in CIDR notation, such as 203.0.113.0/24`,
    );
  return [...reasons, ...ofOctavia(service, settings)];
}

const methods = ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"];

function ofOctavia(service: ServiceFacts, settings: ControllerSettings | undefined): string[] {
  const reasons: string[] = [];
  const other = notTcp(service);
  const proxy = proxyProtocolOf(service);
  if (other !== undefined && proxy !== undefined)
    reasons.push(
      `Octavia has no pool of the protocol ${proxy} for a listener of ${other.protocol} (port ${other.port}); remove ${prefix}proxy-protocol, or use one Service per protocol`,
    );
  const ipv6 = sourceRanges(service).find((range) => range.includes(":"));
  if (ipv6 !== undefined)
    reasons.push(
      `Octavia allows no range of IPv6 at a load balancer with an IPv4 address: "${ipv6}"; remove it`,
    );
  const method = lbMethodOf(service);
  if (!methods.includes(method))
    reasons.push(`Octavia knows no lb-method "${method}"; allowed are ${methods.join(", ")}`);
  const limit = integer(service, "connection-limit", -1);
  if (limit < -1) reasons.push(`Octavia allows no connection-limit of ${limit}; allowed is -1 or more`);
  const { min, max } = octaviaRanges.timeoutMilliseconds;
  for (const [what, value] of Object.entries(timeoutsOf(service)))
    if (value < min || value > max)
      reasons.push(`Octavia allows no time-out ${what} of ${value}; allowed is ${min} to ${max}`);
  return isMonitored(service, settings) ? [...reasons, ...ofMonitor(service, settings)] : reasons;
}

/** A UDP listener leads to a UDP pool only, and an SCTP one to an SCTP pool. octavia 19.0.0, octavia/common/constants.py (VALID_LISTENER_POOL_PROTOCOL_MAP) */
const notTcp = ({ ports }: ServiceFacts): ServicePortFacts | undefined =>
  ports.find(({ protocol }) => protocol !== "TCP");

function ofMonitor(service: ServiceFacts, settings: ControllerSettings | undefined): string[] {
  const timing = monitorTimingOf(service);
  const { retries, udpDelaySeconds } = octaviaRanges;
  const counts = {
    "health-monitor-max-retries": timing.healthyThresholdCount,
    "health-monitor-max-retries-down": timing.unhealthyThresholdCount,
  };
  const reasons = Object.entries(counts)
    .filter(([, count]) => count < retries.min || count > retries.max)
    .map(
      ([name, count]) => `Octavia allows no ${name} of ${count}; allowed is ${retries.min} to ${retries.max}`,
    );
  for (const [name, seconds] of [
    ["health-monitor-delay", timing.intervalSeconds],
    ["health-monitor-timeout", timing.timeoutSeconds],
  ] as const)
    if (seconds < 0) reasons.push(`Octavia allows no ${name} of ${seconds}; allowed is 0 or more`);
  const other = notTcp(service);
  if (other === undefined || healthCheckNodePortOf(service, settings) !== undefined) return reasons;
  const udp = service.ports.find(({ protocol }) => protocol === "UDP");
  if (addsForwardedFor(service))
    reasons.push(
      `Octavia has no ${monitorType(other.protocol)} monitor for an HTTP pool, and ${prefix}x-forwarded-for makes one of the ${other.protocol} port ${other.port}; remove it, or use one Service per protocol`,
    );
  else if (udp !== undefined && timing.intervalSeconds < udpDelaySeconds.min)
    reasons.push(
      `Octavia allows no UDP-CONNECT monitor every ${timing.intervalSeconds} s; allowed is ${udpDelaySeconds.min} s or more (its setting udp_connect_min_interval_health_monitor)`,
    );
  return reasons;
}
