/** Causes of a verdict: what belongs together is one reason, with all its values. */
import type { Comparison } from "../result/comparison.ts";
import { aspectOf } from "./aspects.ts";
import type { Compared } from "./compared.ts";
import type { Expected } from "./entry.ts";
import { consequencesIn } from "./consequences.ts";
import { itemsOn, patternOf } from "./items.ts";
import { isConsequence, linked, oneSidedIn } from "./oneSided.ts";
import type { OneSided } from "./oneSided.ts";
import { memberNamesIn } from "./memberNames.ts";
import { rankOf } from "./ranks.ts";
import { poolsIn, step } from "./shape.ts";
import { wiringIn } from "./wiring.ts";

export type Cause = Comparison["verdict"]["causes"][number];

/** @param unexplained the differences for which the catalogue has no reason */
export function causesOf(compared: Compared, unexplained: readonly Expected[]): Cause[] {
  const first = consequencesIn(compared.cloud.shape.consequences, unexplained);
  const causes = causesOfOwn(
    compared,
    unexplained.filter((row) => !first.has(row)),
  );
  return causes.map((cause) => {
    const paths = new Set(cause.values.map(({ path }) => path));
    const along = [...first].filter(([, { path }]) => paths.has(path)).map(([row]) => row);
    return { ...cause, values: [...cause.values, ...along] };
  });
}

/** Of differences that no other one brings along. */
function causesOfOwn(compared: Compared, unexplained: readonly Expected[]): Cause[] {
  const wiring = wiringIn(compared, unexplained);
  const names = memberNamesIn(compared, wiring.rest);
  const admission = compared.cloud.admission.causes(compared, names.rest);
  const { objects, others } = oneSidedIn(compared, admission.rest);
  const groups = exchanged(linked(objects, compared.values), compared);
  const groupOf = (row: Expected): OneSided[] | undefined =>
    groups.find((group) => isConsequence(row, group) || isSameNumber(row, group));
  const rest = others.filter((row) => groupOf(row) === undefined);
  const lists = rest.filter((row) => isEmptyList(row) && unexplained.some((each) => isBelow(each, row)));
  const causes = [
    ...[...wiring.causes, ...names.causes].map(({ reason, values }) => ({
      reason,
      rank: rankOf(listeners),
      values: [...values],
    })),
    ...admission.causes.map(({ reason, values }) => ({
      reason,
      rank: rankOf("firewall"),
      values: [...values],
    })),
    ...groups.map((group) =>
      ofObjects(
        group,
        others.filter((row) => groupOf(row) === group),
        compared,
      ),
    ),
    ...ofChanges(
      rest.filter((row) => !lists.includes(row)),
      compared,
    ),
  ];
  // That a list is empty on one side belongs to what is in it on the other.
  const causeOf = (list: Expected): Cause | undefined =>
    causes.find(({ values }) => values.some((each) => isBelow(each, list)));
  return causes.map((cause) => ({
    ...cause,
    values: [...cause.values, ...lists.filter((list) => causeOf(list) === cause)],
  }));
}

/** The object of a group that brings the others along. */
function rootOf(group: readonly OneSided[], { cloud: { shape } }: Compared): OneSided {
  const order = Object.keys(shape.nouns);
  const [root] = [...group].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  if (root === undefined) throw new Error("a cause has at least one object");
  return root;
}

/** If either side has one listener that the other lacks, one stands for the other: its number changed. */
function exchanged(groups: readonly OneSided[][], compared: Compared): OneSided[][] {
  const of = (side: OneSided["side"]): OneSided[][] =>
    groups.filter((group) => {
      const root = rootOf(group, compared);
      return root.kind === listeners && root.side === side;
    });
  const [[left, ...more], [right, ...others]] = [of("left"), of("right")];
  if (left === undefined || right === undefined || more.length + others.length > 0) return [...groups];
  return [[...left, ...right], ...groups.filter((group) => group !== left && group !== right)];
}

const listeners = "loadBalancer / listeners";

/** Whether one side has an empty list, and the other its items in the place of it. */
function isEmptyList({ left, right }: Expected): boolean {
  return [left, right].includes("none") && [left, right].includes(null);
}

function isBelow({ path }: Expected, list: Expected): boolean {
  return path.startsWith(list.path + step);
}

/** Whether the Service's port changed from and to the numbers of the listeners. */
function isSameNumber({ path, left, right }: Expected, group: readonly OneSided[]): boolean {
  const numberOn = (side: OneSided["side"]): string | null | undefined =>
    group
      .find((each) => each.kind === listeners && each.side === side)
      ?.values.find((row) => row.path.endsWith(`${step}port`))?.[side];
  return (
    /^service \/ ports \/ [^/]+ \/ port$/.test(path) &&
    left !== null &&
    right !== null &&
    left === numberOn("left") &&
    right === numberOn("right")
  );
}

function ofObjects(group: readonly OneSided[], along: readonly Expected[], compared: Compared): Cause {
  const kinds = compared.cloud.shape.nouns;
  const root = rootOf(group, compared);
  const others = group.filter((each) => each !== root);
  const instead = others.find(({ kind, side }) => kind === root.kind && side !== root.side);
  const times = 1 + others.filter(({ kind, name }) => kind === root.kind && name === root.name).length;
  const names = [
    ...new Set([root, ...others].filter(({ kind }) => kind === root.kind).map(({ name }) => name)),
  ];
  const noun = kinds[root.kind] ?? "object";
  const reason =
    instead !== undefined
      ? `the ${root.side} has the ${noun} ${root.name}, and the ${instead.side} has ${instead.name} instead`
      : names.length === 1
        ? `the ${root.side} has another ${noun}, ${root.name}${leadsTo(root, compared)}${times === 1 ? "" : `, in ${times} places`}`
        : `the ${root.side} has ${names.length} more ${plural(noun)}: ${names.join(", ")}`;
  const values = [...[root, ...others].flatMap((each) => each.values), ...along];
  return { reason, rank: rankOf(root.place), values };
}

/** `rules on the nodes` */
function plural(noun: string): string {
  return noun.replace(/(?= (?:of|on) )|$/, "s");
}

/** Of a listener: where its clients end up. */
function leadsTo({ kind, place, side }: OneSided, { values, cloud: { shape } }: Compared): string {
  if (kind !== listeners) return "";
  const pool = values[side].get([place, "forwardsTo"].join(step)) ?? "none";
  if (pool === "none") return ", that leads nowhere";
  const port = values[side].get([poolsIn(shape), pool, "port"].join(step));
  return `, that leads to ${port === undefined ? pool : `port ${port} of the nodes`}`;
}

/** The same change in several places, such as the state of every target, is one cause. */
function ofChanges(rows: readonly Expected[], { cloud: { shape } }: Compared): Cause[] {
  const groups = new Map<string, Expected[]>();
  for (const row of rows) {
    const key = JSON.stringify([patternOf(row.path, shape), ...alikeValues(row, shape)]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((values) => {
    const [first] = values;
    if (first === undefined) return [];
    const { section, title } = aspectOf(first.path, shape);
    const where = values.length === 1 ? "" : `, and so for ${otherNames(values, shape).join(", ")}`;
    const reason =
      `${section}, ${title}: ${first.path} is ${first.left ?? "absent"} on the left and ` +
      `${first.right ?? "absent"} on the right${where}`;
    return [{ reason, rank: rankOf(first.path), values }];
  });
}

/** Without the names of the place, which are in some roles: `<address in zone-1>` in zone-1 is what `<address in zone-2>` is in zone-2. */
function alikeValues({ path, left, right }: Expected, shape: Compared["cloud"]["shape"]): (string | null)[] {
  const names = itemsOn(path, shape).map(({ name }) => name);
  const inPlace = (value: string | null): string | null =>
    names.reduce((text, name) => text?.replaceAll(` ${name}>`, " *>") ?? null, value);
  return [inPlace(left), inPlace(right)];
}

/** The names by which the other places differ from the first. */
function otherNames(values: readonly Expected[], shape: Compared["cloud"]["shape"]): string[] {
  const [first = [], ...others] = values.map(({ path }) => itemsOn(path, shape).map(({ name }) => name));
  return others.map((names) => names.filter((name, index) => name !== first[index]).join(" of "));
}
