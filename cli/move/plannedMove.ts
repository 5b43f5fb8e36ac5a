/** What the program declares while both ways are there, and what both cost. */
import type { Way } from "../../comparison/clouds/way.ts";
import { labStack } from "../../lab/settings.ts";
import { checkout } from "../devLab.ts";
import { comparePlanned } from "../plannedComparison.ts";
import { planStack } from "../plannedStack.ts";
import type { PlannedStack } from "../plannedStack.ts";
import { withWeights } from "./records.ts";
import type { PlannedMove } from "./planText.ts";

/** In the order of the program, in which they are compared too. @returns the same twice if there is one */
export function sidesOf(
  { to, from = to }: { readonly to: string; readonly from: string | undefined },
  ways: readonly Pick<Way, "name">[],
): readonly [string, string] {
  const [left = to, right = left] = ways.map(({ name }) => name).filter((name) => [to, from].includes(name));
  return [left, right];
}

export async function planMove(
  move: { readonly to: string; readonly from: string | undefined },
  ways: readonly Way[],
): Promise<{ readonly plan: PlannedStack; readonly cost: PlannedMove["cost"] }> {
  const [left, right] = sidesOf(move, ways);
  // A third way, which has no clients, would be among those that are compared.
  const configuration = withWeights(checkout, labStack, { [left]: 1, [right]: 1 });
  const plan = await planStack(labStack, configuration);
  if (move.from === undefined) return { plan, cost: undefined };
  const { here, hoursPerMonth, region } = comparePlanned(plan).comparison.cost;
  const monthly = Object.fromEntries(here.map((each, index) => [index === 0 ? left : right, each.monthly]));
  return { plan, cost: { monthly, hoursPerMonth, region } };
}
