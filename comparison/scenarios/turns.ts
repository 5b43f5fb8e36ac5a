/** Which scenarios run at the same time. */
import type { Scenario } from "./scenario.ts";

/** In their order, one after the other. Neighbours that may run beside others share a turn. */
export function turnsOf(scenarios: readonly Scenario[]): Scenario[][] {
  const turns: Scenario[][] = [];
  for (const scenario of scenarios) {
    const last = turns.at(-1);
    if (scenario.besideOthers === true && last?.at(-1)?.besideOthers === true) last.push(scenario);
    else turns.push([scenario]);
  }
  return turns;
}
