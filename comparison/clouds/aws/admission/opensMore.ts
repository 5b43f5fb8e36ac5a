/** Rules that let in the clients, and open more than the Services ask for. */
import { networksOf } from "../../../addresses.ts";
import { contains, isRange, sourcesOf } from "../../../clientSources.ts";
import type { Pair } from "../../../difference/entry.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { sides } from "../../../result/bySide.ts";
import type { Aws, RuleFacts } from "../model.ts";
import { isIcmp, ruleInWords } from "../ruleInWords.ts";
import { doorsOf, hasGroups, opens, rulesOn } from "./doors.ts";

/** Rules for more traffic than the Service's, from ranges of addresses or lists of them: they open what the Service does not ask for. */
export function opensMore(pair: Pair<Aws>): string[] {
  const named = sides
    .map((side) => networksOf(factsIn(pair[side].service)?.loadBalancerSourceRanges ?? []))
    .filter((ranges) => ranges.length > 0);
  const all = sides.flatMap((side) => {
    const doors = doorsOf(pair[side], pair.roles[side]);
    return rulesOn(pair[side]).flatMap((rule) =>
      holdsAddresses(rule) && isWide(rule) && doors.some((door) => opens(rule, door))
        ? [sentenceOf(rule, named)]
        : [],
    );
  });
  return [...new Set([...all, ...opensPast(pair)])];
}

/** Where both load balancers have groups, rules on the nodes for clients themselves, if only one side has some. */
function opensPast(pair: Pair<Aws>): string[] {
  if (!sides.every((side) => hasGroups(pair[side]))) return [];
  const subnets = (factsIn(pair.facts.cluster)?.subnets ?? []).map(({ cidr }) => cidr);
  const [ours = [], theirs = []] = sides.map((side) => {
    const ports = doorsOf(pair[side], pair.roles[side]).filter(
      ({ isForClients, port }) => isForClients && port !== undefined,
    );
    return rulesOn(pair[side]).filter(
      (rule) =>
        holdsAddresses(rule) && !subnets.includes(rule.source) && ports.some((door) => opens(rule, door)),
    );
  });
  const [rules, others] = ours.length > 0 ? [ours, theirs] : [theirs, ours];
  return others.length > 0
    ? []
    : rules.map(
        (rule) =>
          `The rule "${ruleInWords(rule)}" in ${rule.securityGroup} lets clients in to the nodes past the load balancer, on one side only.`,
      );
}

function holdsAddresses({ source }: RuleFacts): boolean {
  return isRange(source) || source.startsWith("pl-");
}

/** A rule for all traffic has no ports, whatever its fields say. */
function isWide(rule: RuleFacts): boolean {
  const { ipProtocol, fromPort, toPort } = rule;
  if (isIcmp(rule)) return fromPort === -1 || toPort === -1;
  return ipProtocol === "-1" || fromPort !== toPort || fromPort === -1;
}

/** @param named the source ranges of each Service that names some */
function sentenceOf(rule: RuleFacts, named: readonly (readonly string[])[]): string {
  const text = `The rule "${ruleInWords(rule)}" in ${rule.securityGroup}`;
  if (isIcmp(rule)) return `${text} opens more of ICMP than path MTU discovery.`;
  // Who is in a list is not known.
  const closed = (isRange(rule.source) ? named : []).find(
    (ranges) => !contains(sourcesOf(ranges), sourcesOf([rule.source])),
  );
  const past =
    closed === undefined
      ? ""
      : `, and lets in more than loadBalancerSourceRanges names (${closed.join(", ")})`;
  return `${text} opens the node ports of other Services too${past}.`;
}
