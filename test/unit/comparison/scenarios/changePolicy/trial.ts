import { changePolicy } from "../../../../../comparison/scenarios/changePolicy/scenario.ts";
import { alteration } from "../alteration/alteration.ts";
import type { Step } from "../alteration/alteration.ts";
import { trialOf, unmeasured } from "../trial.ts";

const replaced = "1 target group replaced, 3 rules replaced";

/** Both steps with this: the controller's new targets are registered after 12 s. */
const sides = (leftStep: Step = {}, rightStep: Step = {}) => {
  const right = { outageSeconds: 12, objects: replaced, ...rightStep };
  return { left: { there: leftStep, back: leftStep }, right: { there: right, back: right } };
};

const steps = ["Cluster to Local", "Local to Cluster"];
const titles = (...whats: string[]): string[] =>
  steps.flatMap((step) => whats.map((what) => `${step}: ${what}`));
const { left, right } = sides();

export const trial = trialOf({
  scenario: changePolicy,
  documented: alteration(sides()),
  otherwise: {
    "the program's target group is replaced, too": {
      measured: alteration(sides(right.there)),
      different: titles("lost, new connections", "longest gap", "objects"),
    },
    "the controller changes its target group in place": {
      measured: alteration(sides({}, { outageSeconds: 0, objects: "" })),
      different: titles("lost, new connections", "longest gap", "objects"),
    },
    "connections that last break": {
      measured: alteration(sides({}, { lostKeptAlive: 1 })),
      different: titles("lost, keep-alive"),
    },
    "the load balancer gets another name": {
      measured: alteration({ left: { ...left, there: { address: "other" } }, right }),
      different: ["the DNS name stays"],
    },
    "rules are left over": {
      measured: alteration({
        left,
        right: { ...right, back: { outageSeconds: 12, objects: "4 rules added" } },
      }),
      different: ["Local to Cluster: objects", "left over when it is changed back"],
    },
  },
  nothing: unmeasured,
  simulated: {
    "Cluster to Local: objects": ["nothing", replaced],
    "Local to Cluster: objects": ["nothing", replaced],
    "the DNS name stays": [true, true],
    "left over when it is changed back": [0, 0],
  },
  wrongWorlds: {
    "members are registered too soon": {
      physics: { registration: 20 },
      different: titles("longest gap"),
    },
  },
});
