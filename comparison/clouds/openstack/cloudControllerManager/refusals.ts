/** What the controller, or Octavia when the controller asks it, refuses; and what has no model. In the controller's order. */
import { octaviaRanges } from "../../../../components/openstack/defaults.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { ControllerSettings, OpenStackClusterFacts } from "../model.ts";
import { annotation, prefix } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import { includedNodes } from "./nodes.ts";
import {
  addsForwardedFor,
  healthCheckNodePortOf,
  isMonitored,
  lbMethodOf,
  monitorTimingOf,
  proxyProtocolOf,
  timeoutsOf,
} from "./settings.ts";
import { integer } from "./annotations.ts";

/** Annotations with which it makes something that depends on more than the Service and the assumed network. */
const notModelled: Readonly<Partial<Record<AnnotationName, string>>> = {
  class: "its settings are in the controller's cloud.conf",
  "default-tls-container-ref": "it ends TLS with a certificate of Barbican, which is not modelled",
  "port-id": "the address is that of a port in Neutron",
  "network-id": "Neutron chooses the subnet",
};

/** Undefined if the model says what the controller makes. */
export function whyNotModelled(service: ServiceFacts): string | undefined {
  const used = (Object.keys(notModelled) as AnnotationName[]).find(
    (name) => (annotation(service, name) ?? "") !== "",
  );
  if (used !== undefined)
    return `the annotation ${prefix}${used} is set, and there is no model of it: ${notModelled[used] ?? ""}`;
  if (
    (annotation(service, "load-balancer-id") ?? "") !== "" &&
    annotation(service, "load-balancer-address") === undefined
  )
    return `the annotation ${prefix}load-balancer-id names a load balancer that others made or that Services share, and there is no model of it`;
  if (service.ipFamilies[0] === "IPv6") return "the load balancer has an IPv6 address, which is not modelled";
  return undefined;
}

/** The reasons of the controller, then of Octavia. octavia 19.0.0: octavia/api/v2/types/health_monitor.py and pool.py, octavia/common/constants.py */
export function refusals(
  service: ServiceFacts,
  cluster: OpenStackClusterFacts | undefined,
  settings: ControllerSettings,
): string[] {
  const name = `${service.namespace}/${service.identity.name}`;
  const reasons: string[] = [];
  if (cluster !== undefined && includedNodes(cluster.nodes).length === 0)
    reasons.push(`there are no available nodes for LoadBalancer service ${name}`);
  const proxy = proxyProtocolOf(service);
  if (proxy !== undefined && addsForwardedFor(service))
    reasons.push(`annotation ${prefix}proxy-protocol and ${prefix}x-forwarded-for cannot be used together`);
  return [...reasons, ...ofOctavia(service, settings)];
}

const methods = ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"];

function ofOctavia(service: ServiceFacts, settings: ControllerSettings): string[] {
  const reasons: string[] = [];
  const udp = service.ports.find(({ protocol }) => protocol === "UDP");
  const proxy = proxyProtocolOf(service);
  if (udp !== undefined && proxy !== undefined)
    reasons.push(
      `Octavia has no pool of the protocol ${proxy} for a UDP listener (port ${udp.port}); remove ${prefix}proxy-protocol, or use one Service per protocol`,
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

function ofMonitor(service: ServiceFacts, settings: ControllerSettings): string[] {
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
  const udp = service.ports.find(({ protocol }) => protocol === "UDP");
  if (udp === undefined || healthCheckNodePortOf(service, settings) !== undefined) return reasons;
  if (addsForwardedFor(service))
    reasons.push(
      `Octavia has no UDP-CONNECT monitor for an HTTP pool, and ${prefix}x-forwarded-for makes one of the UDP port ${udp.port}; remove it, or use one Service per protocol`,
    );
  else if (timing.intervalSeconds < udpDelaySeconds.min)
    reasons.push(
      `Octavia allows no UDP-CONNECT monitor every ${timing.intervalSeconds} s; allowed is ${udpDelaySeconds.min} s or more (its setting udp_connect_min_interval_health_monitor)`,
    );
  return reasons;
}
