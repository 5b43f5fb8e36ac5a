/** Who is let in to the nodes: why it differs, what it lacks, and what it opens besides. */
import { contains, isRange, sourcesOf } from "../../../clientSources.ts";
import type { Pair } from "../../../difference/entry.ts";
import type { Exposure } from "../../../model/exposure.ts";
import type { ListenerFacts } from "../../../model/loadBalancer.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import type { Admission } from "../../cloud.ts";
import type { Aws, AwsClusterFacts, AwsExposure, NlbFacts, RuleFacts } from "../model.ts";
import { concerns, ipProtocols, openingsOf } from "../sources/openings.ts";
import { causes } from "./causes.ts";
import { opens, rulesOn } from "./doors.ts";
import type { Door } from "./doors.ts";
import { fillLevels } from "./fillLevels.ts";
import { opensMore } from "./opensMore.ts";

/** The facts that reach it are AWS's own: a cloud is asked for no others. */
export const admission: Admission = {
  concerns: (opening, service, loadBalancer) =>
    concerns(opening as RuleFacts, openingsOf(service, loadBalancer as NlbFacts)),
  isOnlyFor: (opening, listeners) => isOnlyFor(opening as RuleFacts, listeners),
  causes: (pair, unexplained) => causes(pair as Pair<Aws>, unexplained),
  shutOut: (exposure, cluster) => shutOut(exposure as Exposure<Aws>, cluster as AwsClusterFacts),
  opensMore: (pair) => opensMore(pair as Pair<Aws>),
  fillLevels: (cluster) => fillLevels(cluster as AwsClusterFacts),
};

/** TLS comes over TCP. */
function isOnlyFor(
  { ipProtocol, fromPort, toPort }: RuleFacts,
  listeners: readonly ListenerFacts[],
): boolean {
  return listeners.some(
    ({ port, protocol }) =>
      fromPort === port && toPort === port && ipProtocols(protocol).includes(ipProtocol),
  );
}

/** Health checks come from the load balancer's subnets. A group or a list of prefixes may contain them. */
function shutOut(exposure: AwsExposure, cluster: AwsClusterFacts): string[] {
  const balancer = factsIn(exposure.loadBalancer);
  if (balancer === undefined || exposure.firewall.kind !== "known") return [];
  const inUse = new Set(balancer.zones.map(({ subnet }) => subnet));
  const subnets = cluster.subnets.filter(({ id }) => inUse.has(id)).map(({ cidr }) => cidr);
  // A group that no listener uses is not checked.
  const used = new Set(balancer.listeners.flatMap(({ forwardsTo }) => forwardsTo));
  const checked = balancer.pools.filter(({ identity }) => used.has(identity.id));
  const ports = checked.flatMap(({ healthCheck, port, targetType, members }) => {
    if (healthCheck.port !== "traffic-port") return [healthCheck.port];
    // The port of a group of pods need not be theirs.
    return targetType === "ip" ? members.map((target) => target.port) : [port];
  });
  return [...new Set(ports)].flatMap((port) => {
    const door: Door = { name: `tcp ${port}`, protocol: "tcp", port, isForClients: false };
    const sources = rulesOn(exposure).flatMap((rule) => (opens(rule, door) ? [rule.source] : []));
    if (!sources.every(isRange)) return [];
    const missing = subnets.filter((cidr) => !contains(sourcesOf(sources), sourcesOf([cidr])));
    return missing.length === 0
      ? []
      : [`no rule lets the health checks from ${missing.join(", ")} in to tcp ${port} of the nodes`];
  });
}
