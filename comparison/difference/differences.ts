/** The differing values of two exposures, each with the catalogue's entry that explains it. */
import { expectedIn } from "./catalogue.ts";
import type { Explained } from "./catalogue.ts";
import type { Compared } from "./compared.ts";
import type { Entry, Expected } from "./entry.ts";

export interface FoundDifference extends Expected {
  /** Id of the catalogue's entry; null if nothing explains it. */
  readonly explanation: string | null;
}

export interface Differences {
  readonly found: readonly FoundDifference[];
  /** Values that do not differ although an entry expects it: the sides are more alike. */
  readonly missing: readonly (Expected & { readonly explanation: string })[];
  /** Entries that explain something, in the order of the catalogue. */
  readonly used: readonly Entry[];
}

export function differencesIn(compared: Compared): Differences {
  const expected = expectedIn(compared);
  const differing = differencesBetween(compared);
  const expectedAt = new Map<string, Explained[]>();
  for (const each of expected) {
    const others = expectedAt.get(each.path);
    if (others === undefined) expectedAt.set(each.path, [each]);
    else others.push(each);
  }
  const differingAt = new Map(differing.map((difference) => [difference.path, difference]));
  const found = differing.map((difference) => ({
    difference,
    entry: expectedAt.get(difference.path)?.find((candidate) => isSame(candidate, difference))?.entry,
  }));
  const missing = expected.filter((candidate) => {
    const difference = differingAt.get(candidate.path);
    return (
      (difference === undefined || !isSame(candidate, difference)) &&
      compared.comparable.some((part) => candidate.path.startsWith(part))
    );
  });
  return {
    found: found.map(({ difference, entry }) => ({ ...difference, explanation: entry?.id ?? null })),
    missing: missing.map(({ entry, ...row }: Explained) => ({ ...row, explanation: entry.id })),
    used: [...new Set(expected.map(({ entry }) => entry))].filter((entry) =>
      found.some((each) => each.entry === entry),
    ),
  };
}

function differencesBetween({ paths, values: { left, right } }: Compared): Expected[] {
  return paths
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, left: left.get(path) ?? null, right: right.get(path) ?? null }));
}

/** An entry explains exactly the values that it names, on the sides that it names. */
function isSame(a: Expected, b: Expected): boolean {
  return a.path === b.path && a.left === b.left && a.right === b.right;
}
