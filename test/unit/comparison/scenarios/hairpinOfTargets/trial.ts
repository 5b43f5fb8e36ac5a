import type { Shares } from "../../../../../comparison/scenarios/hairpin/calls.ts";
import { keepings, titles } from "../../../../../comparison/scenarios/hairpinOfTargets/conclude.ts";
import type { Measured } from "../../../../../comparison/scenarios/hairpinOfTargets/conclude.ts";
import type { Keeping } from "../../../../../comparison/scenarios/hairpinOfTargets/expectations.ts";
import { hairpinOfTargets } from "../../../../../comparison/scenarios/hairpinOfTargets/scenario.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { trialOf, unmeasured } from "../trial.ts";

const usual: Readonly<Record<Keeping, Shares>> = {
  kept: { own: 0, others: 100 },
  unset: { own: 100, others: 100 },
};
/** On one side as usual, but for what this says. */
const found = (changes: Partial<Record<Keeping, Partial<Shares>>> = {}): Measured =>
  Object.fromEntries(
    keepings.map((keeping) => [
      keeping,
      { left: measured({ ...usual[keeping], ...changes[keeping] }), right: measured(usual[keeping]) },
    ]),
  ) as unknown as Measured;

const own = (keeping: Keeping): string => `${titles[keeping]}: at the own zone's address`;
const others = (keeping: Keeping): string => `${titles[keeping]}: at other zones' addresses`;

export const trial = trialOf({
  scenario: hairpinOfTargets,
  documented: found(),
  otherwise: {
    "it reaches itself though its address is kept": {
      measured: found({ kept: { own: 100 } }),
      different: [own("kept")],
    },
    "it does not though it is not kept": {
      measured: found({ unset: { own: 67 } }),
      different: [own("unset")],
    },
    "it does not reach other pods": {
      measured: found({ kept: { others: 94 }, unset: { others: 0 } }),
      different: [others("kept"), others("unset")],
    },
  },
  nothing: { kept: unmeasured, unset: unmeasured },
  simulated: {
    [own("kept")]: [0, 0],
    [others("kept")]: [100, 100],
    [own("unset")]: [100, 100],
    [others("unset")]: [100, 100],
  },
  wrongWorlds: {
    "the address is kept by default": {
      physics: { podsSeeClients: true },
      different: [own("unset")],
    },
  },
});
