/** Which scenarios run at the same time. */
import type { Scenario } from "./scenario.ts";

/** In their order, one after the other. Neighbours that may run beside one another share a turn. */
export function turnsOf(scenarios: readonly Scenario[]): Scenario[][] {
  const turns: Scenario[][] = [];
  for (const scenario of scenarios) {
    const last = turns.at(-1);
    if (scenario.beside === undefined || last?.at(-1)?.beside !== scenario.beside) turns.push([scenario]);
    else last.push(scenario);
  }
  return turns;
}
