/** Why other clients are let in to the nodes on one side than on the other. */
import type { Expected, Pair } from "../../../difference/entry.ts";
import { sides } from "../../../result/bySide.ts";
import type { Admission } from "../../cloud.ts";
import { enforcedOnPrivateLink } from "../defaults.ts";
import type { Aws, AwsExposure } from "../model.ts";
import { ruleKey } from "../shape.ts";
import { clientsAtBalancer, clientsBehind, doorsOf, hasGroups, opens, rulesOn } from "./doors.ts";
import type { Door } from "./doors.ts";
import { enforcement } from "./securityGroups.ts";
import { allGroups, equalDoors, isEqualOn } from "./sameClients.ts";

const rulePath = /^firewall \/ nodes \/ (.+?)(?: \(\d+\))? \/ [^/]+$/;

/** The groups of a load balancer, and their rules. */
const ofBalancersGroups = /^(?:loadBalancer \/ securityGroups$|firewall \/ loadBalancer(?: |$))/;

/** What comes with the groups of a load balancer. That their rules do not count somewhere is a difference of its own. */
function comesWithGroups({ path, left, right }: Expected): boolean {
  if (path !== enforcement) return ofBalancersGroups.test(path);
  return [left, right].every((value) => value === null || value === enforcedOnPrivateLink);
}

/** Rules that open the same doors for other clients are one cause. */
export function causes(pair: Pair<Aws>, unexplained: readonly Expected[]): ReturnType<Admission["causes"]> {
  // Rules that are not known let in nobody only by their absence here.
  if (sides.some((side) => pair[side].firewall.kind !== "known")) return { causes: [], rest: unexplained };
  const equal = equalDoors(pair);
  // A door that only one side has comes with a port of its Service, or with another health check.
  const [ours, theirs] = sides.map((side) => doorsOf(pair[side], pair.roles[side]).map(({ name }) => name));
  const differs = (door: string): boolean =>
    ours?.includes(door) === true && theirs?.includes(door) === true && !equal.has(door);
  const opened = unexplained.map((row) => ({ row, doors: doorsOfRow(pair, row).filter(differs) }));
  const rest = opened.flatMap(({ row, doors }) => (doors.length === 0 ? [row] : []));
  const byReason = new Map<string, Expected[]>();
  for (const { doors, values } of together(opened.filter(({ doors }) => doors.length > 0))) {
    const reason = `firewall, rules on the nodes${whoIsWhere(pair, doors[0] ?? "")}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), ...values]);
  }
  const found = [...byReason].map(([reason, values]) => {
    const doors = new Set(opened.flatMap((each) => (values.includes(each.row) ? each.doors : [])));
    return { reason: `${reason}; to ${[...doors].join(", ")}`, values };
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

interface Together {
  readonly doors: readonly string[];
  readonly values: readonly Expected[];
}

/**
 * Doors that one rule opens have one cause, with all the rules of theirs. The groups of a load balancer are for all doors, and no rule: they go with the first
 * door.
 */
function together(
  opened: readonly { readonly row: Expected; readonly doors: readonly string[] }[],
): readonly Together[] {
  const ofGroups = opened.filter(({ row }) => comesWithGroups(row));
  const alone = ofGroups.map(({ row, doors }) => ({ row, doors: doors.slice(0, 1) }));
  return [...opened.filter((each) => !ofGroups.includes(each)), ...alone].reduce<readonly Together[]>(
    (all, { row, doors }) => {
      const touched = all.filter((each) => each.doors.some((door) => doors.includes(door)));
      const joined = {
        doors: [...new Set([...touched.flatMap((each) => each.doors), ...doors])],
        values: [...touched.flatMap(({ values }) => values), row],
      };
      return [...all.filter((each) => !touched.includes(each)), joined];
    },
    [],
  );
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

function inWords(sources: ReadonlySet<string>): string {
  return sources.size === 0 ? "nobody" : [...sources].sort().join(" and ");
}
