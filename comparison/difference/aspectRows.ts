/** The rows of the comparison: one aspect each, with the values that it covers. */
import type { Facts, Part } from "../model/exposure.ts";
import type { Aspect } from "../result/comparison.ts";
import type { AspectKind } from "./aspects.ts";
import { aspectOf, sectionOrder, showAspect } from "./aspects.ts";
import { parts } from "./compared.ts";
import type { Compared } from "./compared.ts";
import type { Differences } from "./differences.ts";
import type { Shape } from "./shape.ts";

export function aspectRows(compared: Compared, { found }: Pick<Differences, "found">): Aspect[] {
  const { facts, paths, values, cloud } = compared;
  const gathered = new Map<string, { kind: AspectKind; paths: string[] }>();
  for (const path of paths) {
    const kind = aspectOf(path, cloud.shape);
    const id = idOf(kind);
    const known = gathered.get(id);
    if (known === undefined) gathered.set(id, { kind, paths: [path] });
    else known.paths.push(path);
  }
  const rows = [...gathered].map(([id, { kind, paths: covered }]): Aspect => {
    const differences = found.filter(({ path }) => covered.includes(path));
    const unexplained = differences.some(({ explanation }) => explanation === null);
    return {
      id,
      section: kind.section,
      title: kind.title,
      left: showAspect(kind, compared.left, covered, values.left),
      right: showAspect(kind, compared.right, covered, values.right),
      verdict: differences.length === 0 ? "same" : unexplained ? "different" : "equivalent",
      values: covered.length,
      differences: [...differences],
    };
  });
  return inOrder([...rows, ...parts.flatMap((part) => uncompared(facts, part, cloud.shape))]);
}

function idOf({ section, title }: Pick<AspectKind, "section" | "title">): string {
  return `${section}: ${title}`;
}

/** The row for a part that at least one side does not know. */
function uncompared({ left, right }: Facts, part: Part, shape: Shape): Aspect[] {
  const results = [left[part], right[part]];
  if (results.every(({ kind }) => kind === "known")) return [];
  const kind = {
    section: aspectOf(part, shape).section,
    title: part === "endpoints" ? "endpoints" : "all",
  };
  const silent = results.some((result) => result.kind === "unreachable");
  const [shownLeft = "", shownRight = ""] = results.map((result) =>
    result.kind === "known" ? "known" : result.reason,
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
