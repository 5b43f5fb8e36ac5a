import { conditions } from "../conditions.ts";
import type { Measured } from "../../../../../comparison/scenarios/spread/conclude.ts";
import type { Spread } from "../../../../../comparison/scenarios/spread/spreading.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import type { Counts } from "../../../../../comparison/scenarios/statistics/counts.ts";
import { spread } from "../../../../../comparison/scenarios/spread/scenario.ts";
import { trialOf, unmeasured } from "../trial.ts";

const counts = (of: readonly number[], elsewhere = 0): Counts => ({ of, elsewhere });
const even: Spread = {
  answered: measured(100),
  zones: counts([107, 96, 97]),
  targets: counts([101, 99, 100]),
  pods: counts([107, 107, 86]),
  zonesAway: counts([104, 94, 102]),
};
/** Without cross-zone load balancing each address leads to its own zone. */
const own = { zonesAway: counts([300, 0, 0]) };

const found = (off: Partial<Spread>, on: Partial<Spread> = {}): Measured => ({
  plain: { left: measured({ ...even, ...own }), right: measured({ ...even, ...own, ...off }) },
  crossZone: { left: measured(even), right: measured({ ...even, ...on }) },
});
const inBoth = (changes: Partial<Spread>): Measured => found(changes, changes);
const titles = (what: string): string[] => [`cross-zone off: ${what}`, `cross-zone on: ${what}`];

const ofZones = {
  off: "cross-zone off: to the node of the address's own zone",
  on: "cross-zone on: to the address's own zone, the next one, ...",
};

export const trial = trialOf({
  scenario: spread,
  documented: found({}),
  otherwise: {
    "one is lost": { measured: inBoth({ answered: measured(99.7) }), different: titles("answered") },
    "an address is asked too seldom": {
      measured: inBoth({ zones: counts([150, 150, 0]) }),
      different: titles("by zone's address"),
    },
    "a node is a target too often": {
      measured: inBoth({ targets: counts([180, 60, 60]) }),
      different: titles("by node as target"),
    },
    "a pod has no share": { measured: inBoth({ pods: counts([150, 150, 0]) }), different: titles("by pod") },
    "a stranger answers": {
      measured: inBoth({ pods: counts([100, 100, 99], 1) }),
      different: titles("by pod"),
    },
    "an address leads to another zone without cross-zone load balancing": {
      measured: found({ zonesAway: counts([299, 1, 0]) }),
      different: [ofZones.off],
    },
    "it leads nobody knows where": {
      measured: found({ zonesAway: counts([299, 0, 0], 1) }),
      different: [ofZones.off],
    },
    "it leads to its own zone only with it": { measured: found({}, own), different: [ofZones.on] },
    "both are even by chance, and not alike": {
      measured: {
        ...found({}),
        crossZone: {
          left: measured({ ...even, pods: counts([145, 77, 78]) }),
          right: measured({ ...even, pods: counts([77, 145, 78]) }),
        },
      },
      different: ["cross-zone on: by pod"],
    },
    "nothing was sent": {
      measured: inBoth({
        answered: measured(Number.NaN),
        zones: counts([0, 0, 0]),
        targets: counts([0, 0, 0]),
        pods: counts([0, 0, 0]),
        zonesAway: counts([0, 0, 0]),
      }),
      different: spread.conclude(found({}), conditions()).map(({ title }) => title),
    },
  },
  nothing: { plain: unmeasured, crossZone: unmeasured },
  simulated: {
    "cross-zone off: answered": [100, 100],
    [ofZones.off]: [100, 100],
  },
});
