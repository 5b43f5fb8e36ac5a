/** All that the lab imitates of AWS, a behaviour a row: docs/fidelity.md is made of it, and the reports take what cannot be shown from it. */
import type { Behaviour } from "./behaviour.ts";
import { flows } from "./flows.ts";
import { health } from "./health.ts";
import { surroundings } from "./surroundings.ts";

export const fidelity: readonly Behaviour[] = [...flows, ...health, ...surroundings];

/** What the lab cannot show, a sentence each. */
export const limitsOfLab = (): string[] =>
  fidelity.flatMap(({ limit }) => (limit === undefined ? [] : [limit.short]));
