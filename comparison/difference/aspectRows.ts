/** The comparison's rows: an aspect each, with what it covers. */
import type { Facts, Part } from "../model/exposure.ts";
import type { Aspect } from "../result/comparison.ts";
import type { AspectKind } from "./aspects.ts";
import { aspectOf, sectionOrder } from "./aspects.ts";
import type { Differences } from "./differences.ts";
import { parts } from "./differences.ts";
import { showAspect } from "./show.ts";

export function aspectRows(facts: Facts, { paths, found, values }: Differences): Aspect[] {
  const gathered = new Map<string, { kind: AspectKind; paths: string[] }>();
  for (const path of paths) {
    const kind = aspectOf(path);
    const id = idOf(kind);
    const known = gathered.get(id);
    if (known === undefined) gathered.set(id, { kind, paths: [path] });
    else known.paths.push(path);
  }
  const compared = [...gathered].map(([id, { kind, paths: covered }]): Aspect => {
    const differences = found.filter(({ path }) => covered.includes(path));
    const unexplained = differences.some(({ explanation }) => explanation === null);
    return {
      id,
      ...kind,
      left: showAspect(kind, facts.left, covered, values.left),
      right: showAspect(kind, facts.right, covered, values.right),
      verdict: differences.length === 0 ? "same" : unexplained ? "different" : "equivalent",
      values: covered.length,
      differences: [...differences],
    };
  });
  return inOrder([...compared, ...parts.flatMap((part) => uncompared(facts, part))]);
}

function idOf({ section, title }: AspectKind): string {
  return `${section}: ${title}`;
}

/** A row in the place of a part that one side at least does not know. */
function uncompared({ left, right }: Facts, part: Part): Aspect[] {
  const outcomes = [left[part], right[part]];
  if (outcomes.every(({ kind }) => kind === "known")) return [];
  const kind = { section: aspectOf(part).section, title: part === "endpoints" ? "endpoints" : "all" };
  const silent = outcomes.some((said) => said.kind === "unreachable");
  const [shownLeft = "", shownRight = ""] = outcomes.map((said) =>
    said.kind === "known" ? "known" : said.reason,
  );
  return [
    {
      id: `${idOf(kind)} of ${part}`,
      ...kind,
      left: shownLeft,
      right: shownRight,
      verdict: silent ? "unknown" : "not seen",
      values: 0,
      differences: [],
    },
  ];
}

function inOrder(aspects: readonly Aspect[]): Aspect[] {
  return sectionOrder.flatMap((section) => aspects.filter((aspect) => aspect.section === section));
}
