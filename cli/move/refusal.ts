/** Whether clients may be led to the other way, by a comparison of both. */
import type { Way } from "../../comparison/clouds/way.ts";
import { notComparable } from "../../comparison/clouds/way.ts";
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

/**
 * @param move `leads`: whether clients are still to be led. If not, one of the ways only goes
 * @param hasController whether the lab runs the controller that some ways need
 * @throws if clients cannot be led from one way to the other, with what can be done
 */
export function refuseToLead(
  { from, to, leads }: { readonly from: string; readonly to: string; readonly leads: boolean },
  ways: readonly Way[],
  hasController: boolean,
): void {
  const [origin, target] = [from, to].map((name) => ways.find((way) => way.name === name));
  if (origin === undefined || target === undefined) return;
  const reason = notComparable(origin, target);
  const between = ways.find(({ type }) => type === "NodePort")?.name.toLowerCase() ?? "";
  if (leads && reason !== undefined)
    throw new Error(
      `clients cannot be led from ${from.toLowerCase()} to ${to.toLowerCase()} at once: ${reason}. Lead them by way of ${between}: npm run move -- --to ${between}, then --to ${to.toLowerCase()}`,
    );
  const needed = [origin, target].flatMap(({ controller }) => controller ?? [])[0];
  if (needed !== undefined && !hasController)
    throw new Error(
      `the lab does not run ${needed}; set lab:loadBalancerController to true in Pulumi.dev.yaml, and start the lab anew: npm run lab -- down, then npm run lab -- up`,
    );
}
