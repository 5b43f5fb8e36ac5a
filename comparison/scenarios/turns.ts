/** Which scenarios run at the same time. */
import type { Scenario } from "./scenario.ts";

/** In their order, one after the other; those together that follow one another and may run beside others. */
export function turnsOf(scenarios: readonly Scenario[]): Scenario[][] {
  const turns: Scenario[][] = [];
  for (const scenario of scenarios) {
    const last = turns.at(-1);
    if (scenario.besideOthers === true && last?.at(-1)?.besideOthers === true) last.push(scenario);
    else turns.push([scenario]);
  }
  return turns;
}
