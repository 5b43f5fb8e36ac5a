import { titles, variants } from "../../../../../comparison/scenarios/hairpin/conclude.ts";
import type { Shares } from "../../../../../comparison/scenarios/hairpin/calls.ts";
import type { Measured } from "../../../../../comparison/scenarios/hairpin/conclude.ts";
import type { Called } from "../../../../../comparison/scenarios/hairpin/expectations.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import type { Outcome } from "../../../../../comparison/scenarios/outcome.ts";
import { hairpin } from "../../../../../comparison/scenarios/hairpin/scenario.ts";
import { trialOf, unmeasured } from "../trial.ts";

const usual: Readonly<Record<Called, Shares>> = {
  plain: { own: 0, others: 100 },
  local: { own: 0, others: 100 },
  masqueraded: { own: 100, others: 100 },
};
/** On one side each variant as it is usually, but for what this says. */
const measuredAs = (left: (called: Called) => Outcome<Shares>, right = left): Measured =>
  Object.fromEntries(
    variants.map((variant) => [variant, { left: left(variant), right: right(variant) }]),
  ) as Measured;
const found = (changes: Partial<Record<Called, Partial<Shares>>> = {}): Measured =>
  measuredAs(
    (variant) => measured({ ...usual[variant], ...changes[variant] }),
    (variant) => measured(usual[variant]),
  );

const own = variants.map((variant) => `${titles[variant]}: at the own zone's address`);
const others = variants.map((variant) => `${titles[variant]}: at other zones' addresses`);

export const trial = trialOf({
  scenario: hairpin,
  documented: found(),
  otherwise: {
    "it reaches itself though the client's address is kept": {
      measured: found({ plain: { own: 11 }, local: { own: 100 } }),
      different: own.slice(0, 2),
    },
    "it does not though it is not kept": {
      measured: found({ masqueraded: { own: 89 } }),
      different: own.slice(2),
    },
    "it does not reach another node": {
      measured: found({ plain: { others: 94 }, local: { others: 0 }, masqueraded: { others: 94 } }),
      different: others,
    },
  },
  nothing: measuredAs(() => unmeasured.left),
  simulated: {
    "Cluster, address kept: at the own zone's address": [0, 0],
    "Local, address kept: at the own zone's address": [0, 0],
    "Cluster, not kept: at the own zone's address": [100, 100],
    "Cluster, address kept: at other zones' addresses": [100, 100],
  },
});
