/** Rules as values of a comparison. */
import type { Expected, Pair } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import type { Side } from "../../../result/bySide.ts";
import type { Aws, RuleFacts } from "../model.ts";
import { ruleKey } from "../shape.ts";

/** All values of rules that only this side has. */
export function rowsOf(
  { values, roles }: Pair<Aws>,
  side: Side,
  where: "nodes" | "loadBalancer",
  rules: readonly RuleFacts[],
): Expected[] {
  const places = rules.map((rule) => ["firewall", where, ruleKey(rule, roles[side]), ""].join(step));
  return [...values[side]].flatMap(([path, value]) =>
    places.some((place) => path.startsWith(place)) ? [{ path, left: null, right: null, [side]: value }] : [],
  );
}
