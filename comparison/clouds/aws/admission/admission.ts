/** Who is let in to the nodes: why it differs, what it lacks, and what it opens besides. */
import type { Expected, Pair } from "../../../difference/entry.ts";
import type { Exposure } from "../../../model/exposure.ts";
import type { ListenerFacts } from "../../../model/loadBalancer.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { sides } from "../../../result/bySide.ts";
import type { Admission } from "../../cloud.ts";
import { enforcedOnPrivateLink } from "../defaults.ts";
import type { Aws, AwsClusterFacts, AwsExposure, NlbFacts, RuleFacts } from "../model.ts";
import { concerns, openingsOf } from "../sources/openings.ts";
import { ruleInWords } from "../ruleInWords.ts";
import { ruleKey } from "../shape.ts";
import { clientsAtBalancer, clientsBehind, doorsOf, opens, rulesOn } from "./doors.ts";
import type { Door } from "./doors.ts";
import { enforcement } from "./securityGroups.ts";
import { fillLevels } from "./fillLevels.ts";
import { allGroups, equalDoors, isEqualOn } from "./sameClients.ts";
import { networksOf } from "../../../addresses.ts";
import { contains, isRange, sourcesOf } from "../../../clientSources.ts";

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
  const protocols = (protocol: string): readonly string[] =>
    protocol === "TCP_UDP" ? ["tcp", "udp"] : protocol === "UDP" ? ["udp"] : ["tcp"];
  return listeners.some(
    ({ port, protocol }) => fromPort === port && toPort === port && protocols(protocol).includes(ipProtocol),
  );
}

const rulePath = /^firewall \/ nodes \/ (.+?)(?: \(\d+\))? \/ [^/]+$/;

/** The groups of a load balancer, and their rules. */
const ofBalancersGroups = /^(?:loadBalancer \/ securityGroups$|firewall \/ loadBalancer(?: |$))/;

/** What comes with the groups of a load balancer. That their rules do not count somewhere is a difference of its own. */
function comesWithGroups({ path, left, right }: Expected): boolean {
  if (path !== enforcement) return ofBalancersGroups.test(path);
  return [left, right].every((value) => value === null || value === enforcedOnPrivateLink);
}

/** Rules that open the same doors for other clients are one cause. */
function causes(pair: Pair<Aws>, unexplained: readonly Expected[]): ReturnType<Admission["causes"]> {
  // Rules that are not known let in nobody only by their absence here.
  if (sides.some((side) => pair[side].firewall.kind !== "known")) return { causes: [], rest: unexplained };
  const equal = equalDoors(pair);
  // A door that only one side has comes with a port of its Service, or with another health check.
  const [ours, theirs] = sides.map((side) => doorsOf(pair[side], pair.roles[side]).map(({ name }) => name));
  const differs = (door: string): boolean =>
    ours?.includes(door) === true && theirs?.includes(door) === true && !equal.has(door);
  const byReason = new Map<string, Expected[]>();
  const rest = unexplained.filter((row) => {
    const doors = doorsOfRow(pair, row).filter(differs);
    if (doors.length === 0) return true;
    const reason = `firewall, rules on the nodes${whoIsWhere(pair, doors[0] ?? "")}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
    return false;
  });
  const found = [...byReason].map(([reason, values]) => {
    const doors = [...new Set(values.flatMap((row) => doorsOfRow(pair, row).filter(differs)))];
    return { reason: `${reason}; to ${doors.join(", ")}`, values };
  });
  // The ranges that a Service names differ for the same reason.
  const [first, ...others] = found;
  if (first === undefined) return { causes: [], rest };
  const along = rest.filter(({ path }) => path === "service / loadBalancerSourceRanges");
  return {
    causes: [{ ...first, values: [...first.values, ...along] }, ...others],
    rest: rest.filter((row) => !along.includes(row)),
  };
}

/** The names of the doors that the rule opens on its side. The groups of a load balancer are for all of them. */
function doorsOfRow(pair: Pair<Aws>, row: Expected): string[] {
  const { path } = row;
  if (comesWithGroups(row)) {
    const doors = sides.flatMap((side) => doorsOf(pair[side], pair.roles[side]));
    return [...new Set(doors.filter(({ isForClients }) => isForClients).map(({ name }) => name))];
  }
  const key = rulePath.exec(path)?.[1];
  if (key === undefined) return [];
  return sides.flatMap((side) => {
    const rule = rulesOn(pair[side]).find((each) => ruleKey(each, pair.roles[side]) === key);
    if (rule === undefined) return [];
    return doorsOf(pair[side], pair.roles[side]).flatMap((door) => (opens(rule, door) ? [door.name] : []));
  });
}

/** Who is let in at the door, on either side. The nodes are named by their groups where it differs on some only, or not in the same way on all. */
function whoIsWhere(pair: Pair<Aws>, name: string): string {
  const [ours, theirs] = sides.map((side) =>
    doorsOf(pair[side], pair.roles[side]).find((door) => door.name === name),
  );
  if (ours === undefined || theirs === undefined) return "";
  const all = allGroups(pair);
  const byWords = new Map<string, (readonly string[])[]>();
  for (const groups of all) {
    if (isEqualOn(groups, pair, ours, theirs)) continue;
    const words = `the left lets in ${whoIsLetIn(pair.left, ours, groups)}, the right lets in ${whoIsLetIn(pair.right, theirs, groups)}`;
    byWords.set(words, [...(byWords.get(words) ?? []), groups]);
  }
  return [...byWords]
    .map(([words, of]) => (of.length === all.length ? `: ${words}` : ` in ${groupsInWords(of)}: ${words}`))
    .join("; on those");
}

/** `sg-a and sg-b`: of nodes that have both; `sg-a or sg-b`: of nodes that have one of them. */
function groupsInWords(sets: readonly (readonly string[])[]): string {
  return sets.map((groups) => groups.join(" and ")).join(" or ");
}

function whoIsLetIn(exposure: AwsExposure, door: Door, groups: readonly string[]): string {
  const sources = new Set(
    rulesOn(exposure)
      .filter((rule) => groups.includes(rule.securityGroup) && opens(rule, door))
      .flatMap((rule) => clientsBehind(rule, door, exposure)),
  );
  const atNodes = inWords(sources);
  if (!hasGroups(exposure) || !door.isForClients) return atNodes;
  const atBalancer = inWords(new Set(clientsAtBalancer(door, exposure)));
  return atBalancer === atNodes ? atNodes : `${atBalancer} at the load balancer and ${atNodes} at the nodes`;
}

function hasGroups({ loadBalancer }: AwsExposure): boolean {
  return (factsIn(loadBalancer)?.securityGroups ?? []).length > 0;
}

function inWords(sources: ReadonlySet<string>): string {
  return sources.size === 0 ? "nobody" : [...sources].sort().join(" and ");
}

/** Health checks come from the load balancer's subnets. A group or a list of prefixes may contain them. */
function shutOut(exposure: AwsExposure, cluster: AwsClusterFacts): string[] {
  const balancer = factsIn(exposure.loadBalancer);
  if (balancer === undefined || exposure.firewall.kind !== "known") return [];
  const used = new Set(balancer.zones.map(({ subnet }) => subnet));
  const subnets = cluster.subnets.filter(({ id }) => used.has(id)).map(({ cidr }) => cidr);
  const ports = balancer.pools.flatMap(({ healthCheck, port, targetType, members }) => {
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

/** Rules for more ports than the Service's, from ranges of addresses: they open what the Service does not ask for. */
function opensMore(pair: Pair<Aws>): string[] {
  const named = sides
    .map((side) => networksOf(factsIn(pair[side].service)?.loadBalancerSourceRanges ?? []))
    .filter((ranges) => ranges.length > 0);
  const all = sides.flatMap((side) => {
    const doors = doorsOf(pair[side], pair.roles[side]).filter(({ port }) => port !== undefined);
    return rulesOn(pair[side]).flatMap((rule) =>
      isRange(rule.source) && isWide(rule) && doors.some((door) => opens(rule, door))
        ? [sentenceOf(rule, named)]
        : [],
    );
  });
  return [...new Set(all)];
}

function isWide({ fromPort, toPort }: RuleFacts): boolean {
  return fromPort !== toPort || fromPort === -1;
}

/** @param named the source ranges of each Service that names some */
function sentenceOf(rule: RuleFacts, named: readonly (readonly string[])[]): string {
  const closed = named.find((ranges) => !contains(sourcesOf(ranges), sourcesOf([rule.source])));
  const past =
    closed === undefined
      ? ""
      : `, and lets in more than loadBalancerSourceRanges names (${closed.join(", ")})`;
  return `The rule "${ruleInWords(rule)}" in ${rule.securityGroup} opens the node ports of other Services too${past}.`;
}
