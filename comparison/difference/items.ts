/** Items of lists on a path: a Service's port, a listener, a rule. */
import type { Shape } from "./shape.ts";
import { step } from "./shape.ts";

export interface Item {
  /** The path to the item. */
  readonly place: string;
  /** Pattern of its list, such as `dataPath / * / entrances`. */
  readonly kind: string;
  readonly name: string;
}

/** Outermost first. */
export function itemsOn(path: string, { keys }: Pick<Shape, "keys">): Item[] {
  const steps = path.split(step);
  const items: Item[] = [];
  let pattern = "";
  for (const [index, name] of steps.entries()) {
    const isItem = pattern === "endpoints" || pattern in keys;
    if (isItem) items.push({ place: steps.slice(0, index + 1).join(step), kind: pattern, name });
    pattern = [...(pattern === "" ? [] : [pattern]), isItem ? "*" : name].join(step);
  }
  return items;
}

/** The path with `*` for the name of every item. */
export function patternOf(path: string, shape: Pick<Shape, "keys">): string {
  const steps = path.split(step);
  for (const { place } of itemsOn(path, shape)) steps[place.split(step).length - 1] = "*";
  return steps.join(step);
}
