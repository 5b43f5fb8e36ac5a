/** The Services' last warnings, as the report shows them. */
import { factsIn } from "../model/sourceResult.ts";
import { sides } from "../result/bySide.ts";
import type { Warning } from "../result/comparison.ts";
import type { Compared } from "./compared.ts";

export function warningsIn({ facts: { warnings }, names }: Pick<Compared, "facts" | "names">): Warning[] {
  return sides.flatMap((side) => {
    const known = warnings === undefined ? [] : (factsIn(warnings[side]) ?? []);
    return known.map((warning) => ({ side, service: names[side].service, ...warning }));
  });
}
