/** The changes between two sets of inputs, property by property. */
import { isArray, isObject, type Value } from "./values.ts";

export type Path = readonly (string | number)[];

export interface Change {
  readonly path: Path;
  readonly kind: "add" | "delete" | "update";
}

/** Keys that a plug-in keeps in the state for its own use. The engine hides them, too. */
const isInternal = (key: string): boolean => key.startsWith("__");

/** The smallest changes that turn `before` into `after`. An unknown value differs from everything. */
export function changes(before: Value | undefined, after: Value | undefined, path: Path = []): Change[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (key) => !isInternal(key),
    );
    return keys.flatMap((key) => changes(before[key], after[key], [...path, key]));
  }
  if (isArray(before) && isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      changes(before[index], after[index], [...path, index]),
    ).flat();
  }
  return before === after ? [] : [{ path, kind: "update" }];
}

/** A path in Pulumi's notation: `spec.ports[0].port`, `metadata.annotations["example.com/a"]`. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${String(part)}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}
