/** Objects that only one side has. Whatever such an object brings along, such as the pool of a listener, belongs to the same cause. */
import { opposite } from "../result/bySide.ts";
import type { Side } from "../result/bySide.ts";
import type { Compared } from "./compared.ts";
import type { Expected } from "./entry.ts";
import { itemsOn } from "./items.ts";
import type { Item } from "./items.ts";
import { step } from "./shape.ts";
import { itemsIn } from "./values.ts";
import type { Values } from "./values.ts";

export interface OneSided extends Item {
  readonly side: Side;
  readonly values: readonly Expected[];
}

/** The differences of objects that only one side has, and all others. */
export function oneSidedIn(
  { values, cloud: { shape } }: Pick<Compared, "values" | "cloud">,
  differences: readonly Expected[],
): { readonly objects: readonly OneSided[]; readonly others: readonly Expected[] } {
  const objects = new Map<string, OneSided>();
  const others: Expected[] = [];
  for (const difference of differences) {
    const [side, other] =
      difference.left === null ? (["right", "left"] as const) : (["left", "right"] as const);
    const isOneSided = difference[other] === null;
    const item = isOneSided
      ? itemsOn(difference.path, shape).find(({ place }) => !hasPlace(values[other], place))
      : undefined;
    if (item === undefined) others.push(difference);
    else {
      const known = objects.get(item.place)?.values ?? [];
      objects.set(item.place, { ...item, side, values: [...known, difference] });
    }
  }
  return { objects: [...objects.values()], others };
}

function hasPlace(values: Values, place: string): boolean {
  return [...values.keys()].some((path) => path === place || path.startsWith(place + step));
}

/** Groups of objects that belong together: one mentions what only the other brings along. */
export function linked(objects: readonly OneSided[], values: Compared["values"]): OneSided[][] {
  const texts = { left: textOf(values.left), right: textOf(values.right) };
  const groups: OneSided[][] = [];
  for (const object of objects) {
    const mentioned = groups.filter((group) => group.some((each) => areLinked(each, object, texts)));
    for (const group of mentioned) groups.splice(groups.indexOf(group), 1);
    groups.push([...mentioned.flat(), object]);
  }
  return groups;
}

function areLinked(a: OneSided, b: OneSided, texts: Readonly<Record<Side, string>>): boolean {
  if (a.side !== b.side) return false;
  const other = texts[opposite(a.side)];
  const mentions = (by: OneSided, of: OneSided): boolean =>
    marksOf(of).some((mark) => !contains(other, mark) && contains(textOfObject(by), mark));
  return mentions(a, b) || mentions(b, a);
}

/** Texts by which others mention the object: its name and role, the roles in it, and its number. */
export function marksOf({ kind, name, place, side, values }: OneSided): string[] {
  const field = (last: string): string | null =>
    values.find(({ path }) => path === place + step + last)?.[side] ?? null;
  const [protocol, port] = [field("protocol"), field("port")];
  const roles = textOfObject({ place, values, side }).match(/<[^>]+>/g) ?? [];
  return [
    name,
    ...(kind === "endpoints" ? [`<${name}>`] : []),
    ...roles,
    ...(protocol === null || port === null
      ? []
      : [`${protocol} ${port}`, `${transportOf(protocol)} ${port}`]),
  ];
}

/** As firewalls name it. */
function transportOf(protocol: string): string {
  return protocol === "TLS" ? "tcp" : protocol.toLowerCase();
}

function textOfObject({ place, values, side }: Pick<OneSided, "place" | "values" | "side">): string {
  return [place, ...values.map((row) => row[side] ?? "")].join("\n");
}

function textOf(values: Values): string {
  return [...values].flat().join("\n");
}

/** As a whole word: `TCP 44` is not in `TCP 443`. */
function contains(text: string, mark: string): boolean {
  const parts = text.split(mark);
  return parts.some(
    (part, index) => index > 0 && !/[\w.]$/.test(parts[index - 1] ?? "") && !/^[\w.]*\w/.test(part),
  );
}

/** Whether the two values are the same but for items that mention the objects, such as a pod more in a list of endpoints. */
export function isConsequence(row: Expected, group: readonly OneSided[]): boolean {
  const side = group[0]?.side ?? "left";
  const [own, other] = [row[side], row[opposite(side)]];
  if (own === null || other === null) return false;
  const marks = group.flatMap(marksOf);
  const rest = itemsIn(own).filter((item) => !marks.some((mark) => contains(item, mark)));
  return rest.length < itemsIn(own).length && rest.join() === itemsIn(other).join();
}
