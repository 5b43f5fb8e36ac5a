/** Pools whose members are the same nodes, by their addresses on one side and by their ids on the other. */
import { factsIn } from "../model/sourceResult.ts";
import type { Side } from "../result/bySide.ts";
import type { Compared } from "./compared.ts";
import type { Expected } from "./entry.ts";
import { patternOf } from "./items.ts";
import { oneSidedIn } from "./oneSided.ts";
import type { OneSided } from "./oneSided.ts";
import { membersIn, step } from "./shape.ts";

/** Fields that differ because the names do. */
const ofNames = new Set(["id", "owner"]);

/** Its one cause, and the differences that are not about it. A member that differs in more than its name, such as its state, is not the same. */
export function memberNamesIn(
  compared: Compared,
  rows: readonly Expected[],
): {
  readonly causes: readonly { readonly reason: string; readonly values: readonly Expected[] }[];
  readonly rest: readonly Expected[];
} {
  const { shape } = compared.cloud;
  const list = membersIn(shape);
  const members = oneSidedIn(compared, rows).objects.filter(({ kind }) => kind === list);
  const pairs = members.flatMap((left) => {
    if (left.side !== "left") return [];
    const right = members.find((other) => other.side === "right" && isSameMember(left, other, compared));
    return right === undefined ? [] : [{ left, right }];
  });
  const [first] = pairs;
  if (first === undefined) return { causes: [], rest: rows };
  const pools = pairs.map(({ left }) => poolOf(left));
  const isPart = (row: Expected): boolean =>
    pairs.some(({ left, right }) => left.values.includes(row) || right.values.includes(row)) ||
    (patternOf(row.path, shape) === shape.memberKind && pools.some((pool) => row.path.startsWith(pool)));
  const named = (side: Side): string => [...new Set(pairs.map((pair) => pair[side].name))].join(", ");
  const reason = `${list.split(step).at(-1) ?? "members"} are the same nodes, registered as ${named("left")} on the left and as ${named("right")} on the right`;
  return {
    causes: [{ reason, values: rows.filter(isPart) }],
    rest: rows.filter((row) => !isPart(row)),
  };
}

function poolOf({ place }: OneSided): string {
  return place.split(step).slice(0, 3).join(step) + step;
}

function isSameMember(left: OneSided, right: OneSided, compared: Compared): boolean {
  const node = nodeOf(left, compared);
  return (
    poolOf(left) === poolOf(right) &&
    node !== undefined &&
    node === nodeOf(right, compared) &&
    fieldsOf(left) === fieldsOf(right)
  );
}

function nodeOf({ name, side }: OneSided, { facts, cloud, ...exposures }: Compared): string | undefined {
  const members = factsIn(exposures[side].loadBalancer)?.pools.flatMap((pool) => pool.members) ?? [];
  const member = members.find(({ id }) => id === name);
  if (member === undefined) return undefined;
  return factsIn(facts.cluster)?.nodes.find((node) => cloud.isMember(member, node))?.name;
}

function fieldsOf({ side, values }: OneSided): string {
  const fields = values.map((row) => [row.path.split(step).at(-1) ?? "", row[side]] as const);
  return JSON.stringify(fields.filter(([field]) => !ofNames.has(field)).sort());
}
