/** Which scenarios a run has. */
import {
  cloudFeatures,
  controllerFeatures,
  optionalTestbedFeatures,
} from "../../comparison/clouds/feature.ts";
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
  /** Those that nobody asked for by name, and that another cloud, controller or lab would have to serve. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly scenario: Scenario;
  /** What is not there. */
  readonly lacking: readonly Feature[];
}

/** Where scenarios are to run. */
interface Place {
  readonly title: string;
  readonly words: Cloud["words"];
  /** Whether a lab of the cloud can have the proxy. */
  readonly hasProxy: boolean;
}

/** Features that are missing for good or by choice, and what lacks them. */
const lackedBy: readonly (readonly [features: object, subject: (place: Place) => string])[] = [
  [cloudFeatures, ({ title }) => `${title} lacks`],
  [controllerFeatures, () => "the controller lacks"],
  [
    optionalTestbedFeatures,
    ({ hasProxy, title }) =>
      hasProxy ? "without lab:loadBalancerProxy the lab lacks" : `the lab of ${title} lacks`,
  ],
];

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
  const lackingOf = ({ needs }: Scenario): readonly Feature[] =>
    needs.filter((feature) => lackedBy.some(([features]) => feature in features) && !offered.has(feature));
  return {
    run: asked.filter((scenario) => lackingOf(scenario).length === 0),
    leftOut: asked
      .map((scenario) => ({ scenario, lacking: lackingOf(scenario) }))
      .filter(({ lacking }) => lacking.length > 0),
  };
}

/** Says that a scenario did not run, and why. */
export function leftOutText({ scenario: { id, title }, lacking }: LeftOut, place: Place): string {
  const reasons = lackedBy.flatMap(([features, who]) => {
    const ofThese = lacking.filter((feature) => feature in features);
    return ofThese.length === 0 ? [] : [`${who(place)} ${ofThese.join(", ")}`];
  });
  return `not run         ${id}: ${textOf(title, place.words)} (${reasons.join("; ")})`;
}
