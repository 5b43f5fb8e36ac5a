/** Everything that the lab imitates of AWS, one behaviour a row. */
import type { Behaviour } from "../../../fidelity/behaviour.ts";
import { api } from "./api.ts";
import { flows } from "./flows.ts";
import { health } from "./health.ts";
import { surroundings } from "./surroundings.ts";

export const behaviours: readonly Behaviour[] = [...flows, ...health, ...surroundings, ...api];
