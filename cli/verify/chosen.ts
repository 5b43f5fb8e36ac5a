/** Which scenarios a run has. */
import { controllerFeatures } from "../../comparison/clouds/feature.ts";
import type { Feature } from "../../comparison/clouds/feature.ts";
import { scenarios } from "../../comparison/scenarios/catalogue.ts";
import { textOf } from "../../comparison/scenarios/scenario.ts";
import type { Scenario } from "../../comparison/scenarios/scenario.ts";
import type { Cloud } from "../../comparison/clouds/cloud.ts";
import { UsageError } from "../command.ts";

export interface Asked {
  /** All of them if there are none. */
  readonly ids: readonly string[];
  /** Whether only those that `npm start` runs. */
  readonly quick: boolean;
}

export interface Chosen {
  readonly run: readonly Scenario[];
  /** Those that nobody asked for by name, and that another controller would have to serve. */
  readonly leftOut: readonly Scenario[];
}

/**
 * A scenario that is asked for by name runs in any case, and says itself what it lacks.
 * @param offered what the cloud, its controller and the testbed offer
 * @throws {UsageError} for an unknown id, naming the known ones
 */
export function chosen({ ids, quick }: Asked, offered: ReadonlySet<Feature>): Chosen {
  const known = scenarios.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`there is no scenario "${unknown}"; there are ${known.join(", ")}`);
  const asked = scenarios.filter(
    (scenario) => (ids.length === 0 || ids.includes(scenario.id)) && (scenario.quick || !quick),
  );
  if (ids.length > 0) return { run: asked, leftOut: [] };
  const isForAnother = ({ needs }: Scenario): boolean =>
    needs.some((feature) => feature in controllerFeatures && !offered.has(feature));
  return {
    run: asked.filter((scenario) => !isForAnother(scenario)),
    leftOut: asked.filter(isForAnother),
  };
}

/** Says that a scenario did not run, and why. */
export const leftOutText = ({ id, title, needs }: Scenario, words: Cloud["words"]): string =>
  `not run         ${id}: ${textOf(title, words)} (the controller lacks ${needs.filter((feature) => feature in controllerFeatures).join(", ")})`;
