/** Causes of a verdict: what belongs together is one reason, with all its values. */
import type { Comparison } from "../result/comparison.ts";
import { aspectOf } from "./aspects.ts";
import type { Compared } from "./compared.ts";
import type { Expected } from "./entry.ts";
import { itemsOn, patternOf } from "./items.ts";
import { isConsequence, linked, oneSidedIn } from "./oneSided.ts";
import type { OneSided } from "./oneSided.ts";
import { rankOf } from "./ranks.ts";
import { step } from "./shape.ts";

export type Cause = Comparison["verdict"]["causes"][number];

/** @param unexplained the differences for which the catalogue has no reason */
export function causesOf(compared: Compared, unexplained: readonly Expected[]): Cause[] {
  const admission = compared.cloud.admission.causes(compared, unexplained);
  const { objects, others } = oneSidedIn(compared, admission.rest);
  const groups = linked(objects, compared.values);
  const groupOf = (row: Expected): OneSided[] | undefined =>
    groups.find((group) => isConsequence(row, group));
  return [
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
      others.filter((row) => groupOf(row) === undefined),
      compared,
    ),
  ];
}

function ofObjects(group: readonly OneSided[], along: readonly Expected[], compared: Compared): Cause {
  const kinds = compared.cloud.shape.nouns;
  const order = Object.keys(kinds);
  const [root, ...others] = [...group].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  if (root === undefined) throw new Error("a cause has at least one object");
  const times = 1 + others.filter(({ kind, name }) => kind === root.kind && name === root.name).length;
  const names = [
    ...new Set([root, ...others].filter(({ kind }) => kind === root.kind).map(({ name }) => name)),
  ];
  const noun = kinds[root.kind] ?? "object";
  const reason =
    names.length === 1
      ? `the ${root.side} has another ${noun}, ${root.name}${leadsTo(root, compared)}${times === 1 ? "" : `, in ${times} places`}`
      : `the ${root.side} has ${names.length} more ${noun}s: ${names.join(", ")}`;
  const values = [...[root, ...others].flatMap((each) => each.values), ...along];
  return { reason, rank: rankOf(root.place), values };
}

/** Of a listener: where its clients end up. */
function leadsTo({ kind, place, side }: OneSided, { values, cloud: { shape } }: Compared): string {
  if (kind !== "loadBalancer / listeners") return "";
  const pools = shape.words["loadBalancer / pools"] ?? "pools";
  const pool = values[side].get([place, "forwardsTo"].join(step)) ?? "none";
  if (pool === "none") return ", that leads nowhere";
  const port = values[side].get(["loadBalancer", pools, pool, "port"].join(step));
  return `, that leads to ${port === undefined ? pool : `port ${port} of the nodes`}`;
}

/** The same change in several places, such as the state of every target, is one cause. */
function ofChanges(rows: readonly Expected[], { cloud: { shape } }: Compared): Cause[] {
  const groups = new Map<string, Expected[]>();
  for (const row of rows) {
    const key = JSON.stringify([patternOf(row.path, shape), row.left, row.right]);
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

/** The names by which the other places differ from the first. */
function otherNames(values: readonly Expected[], shape: Compared["cloud"]["shape"]): string[] {
  const [first = [], ...others] = values.map(({ path }) => itemsOn(path, shape).map(({ name }) => name));
  return others.map((names) => names.filter((name, index) => name !== first[index]).join(" of "));
}
