/** Rules that only one side has, and that let nobody in who is not let in on the other side. */
import type { Entry, Expected, Pair } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { opposite, sides } from "../../../result/bySide.ts";
import type { Side } from "../../../result/bySide.ts";
import type { Aws, AwsExposure, RuleFacts } from "../model.ts";
import { ruleInWords } from "../ruleInWords.ts";
import { ruleKey } from "../shape.ts";
import {
  admitted,
  admittedByBalancer,
  doorsOf,
  entrancesTo,
  groupsTogether,
  opens,
  opensOnly,
  rulesOn,
} from "./doors.ts";
import type { Door } from "./doors.ts";
import { areSame, withoutReferences } from "../../../clientSources.ts";

export const sameClients: Entry<Aws> = {
  id: "same-clients",
  why: "The same clients are let in to the same ports, by other rules. The rules of all security groups of a node add up.",
  affects: "anyone who counts or reads rules",
  remedy: null,
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  expects: (pair) => [...ofOneSide(pair, "left"), ...ofOneSide(pair, "right")].flatMap(({ rows }) => rows),
  detail: (pair) => {
    const covering = [...ofOneSide(pair, "left"), ...ofOneSide(pair, "right")].flatMap(({ side, rule }) => {
      const other = opposite(side);
      const doors = doorsOf(pair[side], pair.roles[side]).filter((door) => opens(rule, door));
      const there = doorsOf(pair[other], pair.roles[other]).filter(({ name }) =>
        doors.some((door) => door.name === name),
      );
      return rulesOn(pair[other]).filter((each) => there.some((door) => opens(each, door)));
    });
    const names = [...new Set(covering.map((rule) => `${ruleInWords(rule)} in ${rule.securityGroup}`))];
    return names.length === 0 ? undefined : names.join("; ");
  },
};

interface OneSidedRule {
  readonly side: Side;
  readonly rule: RuleFacts;
  readonly rows: readonly Expected[];
}

function ofOneSide(pair: Pair<Aws>, side: Side): OneSidedRule[] {
  const other = pair.values[opposite(side)];
  const byPlace = new Map<string, Expected[]>();
  for (const path of pair.paths) {
    if (other.has(path)) continue;
    const value = pair.values[side].get(path);
    const place = placeOfRule(path);
    if (value === undefined || place === undefined) continue;
    byPlace.set(place, [...(byPlace.get(place) ?? []), { path, left: null, right: null, [side]: value }]);
  }
  if (byPlace.size === 0) return [];
  for (const path of other.keys()) byPlace.delete(placeOfRule(path) ?? "");
  const equal = equalDoors(pair);
  return [...byPlace].flatMap(([place, rows]) => {
    // The second rule of the same name is "name (2)".
    const key = place
      .split(step)
      .slice(2)
      .join(step)
      .replace(/ \(\d+\)$/, "");
    const ofNodes = place.startsWith(placesOfRules.nodes);
    const rules = ofNodes ? rulesOn(pair[side]) : rulesOfBalancer(pair[side]);
    const rule = rules.find((each) => ruleKey(each, pair.roles[side]) === key);
    const opened = ofNodes ? opens : opensEntrance(pair[side]);
    return rule === undefined || !isForEqualDoors(pair, side, equal, (door) => opened(rule, door))
      ? []
      : [{ side, rule, rows }];
  });
}

const placesOfRules = {
  nodes: ["firewall", "nodes", ""].join(step),
  loadBalancer: ["firewall", "loadBalancer", ""].join(step),
} as const;

/** The path of the rule that has the value at `path`; undefined if it is no rule's. */
function placeOfRule(path: string): string | undefined {
  const start = Object.values(placesOfRules).find((each) => path.startsWith(each));
  const place = path.slice(0, path.lastIndexOf(step));
  return start !== undefined && place.length > start.length ? place : undefined;
}

function rulesOfBalancer({ firewall }: AwsExposure): readonly RuleFacts[] {
  return factsIn(firewall)?.loadBalancer ?? [];
}

/** Only for its listeners: a wider rule would let clients in to those of others as well. */
function opensEntrance(exposure: AwsExposure): (rule: RuleFacts, door: Door) => boolean {
  return (rule, door) =>
    door.isForClients &&
    door.port !== undefined &&
    entrancesTo(door, exposure).some((entrance) => opensOnly(rule, entrance));
}

function isForEqualDoors(
  pair: Pair<Aws>,
  side: Side,
  equal: ReadonlySet<string>,
  isOpen: (door: Door) => boolean,
): boolean {
  const doors = doorsOf(pair[side], pair.roles[side]).filter(isOpen);
  return doors.length > 0 && doors.every(({ name }) => equal.has(name));
}

const groupsOfBalancer = ({ loadBalancer }: AwsExposure): readonly string[] =>
  factsIn(loadBalancer)?.securityGroups ?? [];

const found = new WeakMap<Pair<Aws>, ReadonlySet<string>>();

/** Doors at which both sides let in the same clients, on every node, and by way of the load balancer. Several entries ask for them. */
export function equalDoors(pair: Pair<Aws>): ReadonlySet<string> {
  const doors = found.get(pair) ?? equalDoorsIn(pair);
  found.set(pair, doors);
  return doors;
}

function equalDoorsIn(pair: Pair<Aws>): ReadonlySet<string> {
  const [ours, theirs] = [doorsOf(pair.left, pair.roles.left), doorsOf(pair.right, pair.roles.right)];
  const named = (doors: readonly Door[], name: string): Door[] => doors.filter((door) => door.name === name);
  return new Set(
    ours
      .map(({ name }) => name)
      .filter((name) => {
        const matches = named(theirs, name);
        return (
          matches.length > 0 &&
          named(ours, name).every((door) => matches.every((match) => isEqual(pair, door, match)))
        );
      }),
  );
}

/**
 * Whether the same clients are let in to every port that both Services have. A port that only one has is a difference of its own, and so is path MTU discovery.
 */
export function letsInTheSame(pair: Pair<Aws>): boolean {
  const [ours, theirs] = sides.map((side) =>
    doorsOf(pair[side], pair.roles[side]).flatMap(({ name, isForClients, port }) =>
      isForClients && port !== undefined ? [name] : [],
    ),
  );
  const both = (ours ?? []).filter((name) => theirs?.includes(name));
  const equal = equalDoors(pair);
  return both.length > 0 && both.every((name) => equal.has(name));
}

function isEqual(pair: Pair<Aws>, ours: Door, theirs: Door): boolean {
  return allGroups(pair).every((groups) => isEqualOn(groups, pair, ours, theirs));
}

/** The groups that nodes have together, those of each kind of node. */
export function allGroups({ facts, left, right }: Pair<Aws>): readonly (readonly string[])[] {
  return groupsTogether(factsIn(facts.cluster), [...rulesOn(left), ...rulesOn(right)]);
}

/**
 * Two hops: a client has to be let in by the load balancer's groups, if it has some, and by the nodes. That nodes let each other in also lets them in by way of a load
 * balancer without groups. They reach each other without it, so this makes no difference here; the entries of the groups tell it.
 * @param groups of the nodes
 */
export function isEqualOn(
  groups: readonly string[],
  { facts, left, right }: Pair<Aws>,
  ours: Door,
  theirs: Door,
): boolean {
  const cluster = factsIn(facts.cluster);
  const all = [admitted(left, cluster, groups, ours), admitted(right, cluster, groups, theirs)] as const;
  const areClients = ours.isForClients && theirs.isForClients;
  // At a port that both use, each side's rules are beside those for the other's load balancer: a port of the nodes that both check, or one of pods that are targets of both.
  const isShared = !areClients || (typeof ours.port === "number" && ours.port === theirs.port);
  const atNodes = isShared
    ? ([
        withoutReferences(all[0], groupsOfBalancer(right)),
        withoutReferences(all[1], groupsOfBalancer(left)),
      ] as const)
    : all;
  if (!areClients) return areSame(...atNodes);
  if (!areSame(...atNodes)) return false;
  const [ofLeft, ofRight] = [
    admittedByBalancer(left, cluster, ours),
    admittedByBalancer(right, cluster, theirs),
  ];
  if (ofLeft !== undefined && ofRight !== undefined) return areSame(ofLeft, ofRight);
  const [withGroups, nodesAlone] = [ofLeft ?? ofRight, ofLeft === undefined ? atNodes[0] : atNodes[1]];
  if (withGroups === undefined) return true;
  return areSame(withGroups, nodesAlone) || areSame(withGroups, withoutReferences(nodesAlone, groups));
}
