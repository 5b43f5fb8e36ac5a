/** Rules on the nodes that only one side has, and that let nobody in who is not let in on the other side. */
import { areSame, sourcesOf } from "../../../clientSources.ts";
import type { Sources } from "../../../clientSources.ts";
import type { Entry, Expected, Pair } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { opposite, sides } from "../../../result/bySide.ts";
import type { Side } from "../../../result/bySide.ts";
import { ownGroup } from "../cloudControllerManager/predict.ts";
import type { OpenStack, RuleFacts } from "../model.ts";
import { ruleKey } from "../shape.ts";
import { doorName, doorsOf, opens } from "./doors.ts";

const rules = ["firewall", "nodes", ""].join(step);

export const sameClients: Entry<OpenStack> = {
  id: "same-clients",
  why: "The same sources are let in to the same ports of the nodes, by other rules. The rules of all security groups of a port add up.",
  affects: "anyone who counts or reads rules",
  remedy: null,
  source: "https://docs.openstack.org/neutron/latest/admin/intro-os-networking.html#security-groups",
  expects: (pair) => sides.flatMap((side) => ofOneSide(pair, side)),
};

function ofOneSide(pair: Pair<OpenStack>, side: Side): Expected[] {
  const [here, there] = [pair.values[side], pair.values[opposite(side)]];
  const equal = equalDoors(pair);
  return rulesOfAll(pair, side)
    .filter((rule) => {
      const doors = doorsOf(pair[side]).filter((door) => opens(rule, door));
      return doors.length > 0 && doors.every((door) => equal.has(doorName(door, pair.roles[side])));
    })
    .map((rule) => `${rules}${ruleKey(rule, pair.roles[side])}${step}`)
    .filter((place) => ![...there.keys()].some((path) => path.startsWith(place)))
    .flatMap((place) => [...here].filter(([path]) => path.startsWith(place)))
    .map(([path, value]) => ({ path, left: null, right: null, [side]: value }));
}

/** Doors that both sides have, and at which they let in the same sources. */
function equalDoors(pair: Pair<OpenStack>): ReadonlySet<string> {
  const [ours, theirs] = sides.map((side) => sourcesByDoor(pair, side)) as [
    ReadonlyMap<string, Sources>,
    ReadonlyMap<string, Sources>,
  ];
  return new Set(
    [...ours].flatMap(([name, sources]) => {
      const others = theirs.get(name);
      return others !== undefined && areSame(sources, others) ? [name] : [];
    }),
  );
}

function sourcesByDoor(pair: Pair<OpenStack>, side: Side): ReadonlyMap<string, Sources> {
  return new Map(
    doorsOf(pair[side]).map((door) => {
      const open = rulesOfAll(pair, side).filter((rule) => opens(rule, door));
      return [doorName(door, pair.roles[side]), sourcesOf(open.map(({ source }) => source))];
    }),
  );
}

/** Of the groups that all nodes have. Which nodes have the others is not known. */
function rulesOfAll({ facts, ...pair }: Pair<OpenStack>, side: Side): readonly RuleFacts[] {
  const groups = [...(factsIn(facts.cluster)?.nodeSecurityGroups ?? []), ownGroup];
  return (factsIn(pair[side].firewall)?.nodes ?? []).filter(({ securityGroup }) =>
    groups.includes(securityGroup),
  );
}
