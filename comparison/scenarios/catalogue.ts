/** All scenarios, in the order in which they run: those that only look first, those that break something last. */
import { answers } from "./cases/answers.ts";
import { podKilled } from "./cases/podKilled.ts";
import type { Scenario } from "./scenario.ts";

export const scenarios: readonly Scenario[] = [answers, podKilled];
