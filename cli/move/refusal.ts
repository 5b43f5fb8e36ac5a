/** Whether clients may be led to the other way, by a comparison of both. */
import type { Comparison } from "../../comparison/result/comparison.ts";

/**
 * Why not; undefined if both ways are equivalent, or differ only in what is accepted. Only values can be accepted: a lost request or a source that did not answer cannot.
 *
 * @param accepted paths of values that differ, as `npm run compare -- --json` and this refusal name them
 */
export function refusalOf(
  { verdict }: Pick<Comparison, "verdict">,
  accepted: readonly string[],
): string | undefined {
  const remaining = verdict.causes.filter(
    ({ values }) => values.length === 0 || values.some(({ path }) => !accepted.includes(path)),
  );
  if (verdict.kind === "equivalent") return undefined;
  // A verdict without causes would say nothing about what is accepted.
  if (remaining.length === 0 && verdict.causes.length > 0) return undefined;
  const paths = remaining.flatMap(({ values }) => values.map(({ path }) => path));
  const open = [...new Set(paths)].filter((path) => !accepted.includes(path));
  return [
    verdict.sentence,
    ...remaining.map(({ reason }) => `  ${reason}`),
    ...(open.length === 0 ? [] : ["Repair that, or accept it:"]),
    ...open.map((path) => `  --accept ${JSON.stringify(path)}`),
  ].join("\n");
}
