/** What differs between two exposures, value by value, and which entry of the catalogue explains it. */
import type { Exposure, Facts, Part } from "../model/exposure.ts";
import { catalogue } from "./catalogue.ts";
import type { Entry, Expected } from "./catalogue.ts";
import { valuesOf } from "./values.ts";
import type { Values } from "./values.ts";

/** Parts in the order in which traffic meets them, from the cluster's wish to the pods. */
export const parts: readonly Part[] = [
  "service",
  "endpoints",
  "loadBalancer",
  "firewall",
  "name",
  "dataPath",
];

export interface FoundDifference {
  readonly path: string;
  readonly left: string | null;
  readonly right: string | null;
  /** Id of the catalogue's entry; null if nothing explains it. */
  readonly explanation: string | null;
}

export interface Differences {
  /** Every path on either side. */
  readonly paths: readonly string[];
  readonly values: { readonly left: Values; readonly right: Values };
  readonly found: readonly FoundDifference[];
  /** What an entry says must differ, and does not: then the entry, or one side, is not what it is taken for. */
  readonly missing: readonly (Expected & { readonly explanation: string })[];
}

/** Parts that both sides know. */
function comparableParts({ left, right }: Pick<Facts, "left" | "right">): Part[] {
  return parts.filter((part) => left[part].kind === "known" && right[part].kind === "known");
}

export function differencesIn(facts: Facts, entries: readonly Entry[] = catalogue): Differences {
  const comparable = comparableParts(facts);
  const values = { left: valuesOf(facts.left, comparable), right: valuesOf(facts.right, comparable) };
  const paths = [...new Set([...values.left.keys(), ...values.right.keys()])];
  const expected = expectedIn(facts, values, paths, entries);
  const differing = differencesBetween(values.left, values.right);
  const found = differing.map((difference): FoundDifference => {
    const explanation = expected.find((candidate) => isSame(candidate, difference))?.explanation ?? null;
    return { ...difference, explanation };
  });
  const missing = expected.filter(
    ({ path, ...candidate }) =>
      comparable.some((part) => path.startsWith(part)) &&
      !differing.some((difference) => isSame({ path, ...candidate }, difference)),
  );
  return { paths, values, found, missing };
}

function differencesBetween(left: Values, right: Values): Expected[] {
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((path) => ({ path, left: left.get(path) ?? null, right: right.get(path) ?? null }))
    .filter((row) => row.left !== row.right);
}

/** The whole of it: an entry explains exactly the values that it names, on the sides that it names. */
function isSame(a: Expected, b: Expected): boolean {
  return a.path === b.path && a.left === b.left && a.right === b.right;
}

function expectedIn(
  facts: Facts,
  values: Differences["values"],
  paths: readonly string[],
  entries: readonly Entry[],
): Differences["missing"] {
  const explained = (entry: Entry, rows: readonly Expected[]): Differences["missing"] =>
    rows.map((row) => ({ ...row, explanation: entry.id }));
  const type = (side: Exposure): string | undefined =>
    side.service.kind === "known" ? side.service.facts.type : undefined;
  const reversed = type(facts.left) === "LoadBalancer" && type(facts.right) === "NodePort";
  const { left, right } = facts;
  if (!reversed)
    return entries.flatMap((entry) => explained(entry, entry.expects({ facts, left, right, values, paths })));
  // Entries speak of the NodePort way on the left.
  const mirrored = { left: values.right, right: values.left };
  return entries
    .flatMap((entry) =>
      explained(entry, entry.expects({ facts, left: right, right: left, values: mirrored, paths })),
    )
    .map((row) => ({ ...row, left: row.right, right: row.left }));
}
