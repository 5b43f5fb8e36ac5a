import { changeNodePort } from "../../../../../comparison/scenarios/changeNodePort/scenario.ts";
import { alteration } from "../alteration/alteration.ts";
import type { Step } from "../alteration/alteration.ts";
import { trialOf, unmeasured } from "../trial.ts";

const objects = {
  left: "1 target group replaced, 2 rules replaced",
  right: "1 target group replaced, 5 rules replaced",
};

/** Both steps on both sides with this: new targets are registered after 12 s. */
const sides = (step: Step = {}) => {
  const usual = { outageSeconds: 12 };
  return {
    left: {
      there: { ...usual, objects: objects.left, ...step },
      back: { ...usual, objects: objects.left, ...step },
    },
    right: {
      there: { ...usual, objects: objects.right, ...step },
      back: { ...usual, objects: objects.right, ...step },
    },
  };
};

const steps = ["node port changed", "changed back"];
const titles = (what: string): string[] => steps.map((step) => `${step}: ${what}`);
const { left, right } = sides();

export const trial = trialOf({
  scenario: changeNodePort,
  documented: alteration(sides()),
  otherwise: {
    "nobody notices": {
      measured: alteration(sides({ outageSeconds: 0 })),
      different: steps.flatMap((step) => [`${step}: lost, new connections`, `${step}: longest gap`]),
    },
    "targets answer before they can be registered": {
      measured: alteration(sides({ outageSeconds: 3 })),
      different: titles("longest gap"),
    },
    "connections that last break": {
      measured: alteration(sides({ lostKeptAlive: 1 })),
      different: titles("lost, keep-alive"),
    },
    "both ways replace five rules": {
      measured: alteration(sides({ objects: objects.right })),
      different: titles("objects"),
    },
    "the load balancer gets another name": {
      measured: alteration({ left: { ...left, back: { ...left.back, address: "other" } }, right }),
      different: ["the DNS name stays"],
    },
    "a target group is left over": {
      measured: alteration({
        left,
        right: { ...right, back: { outageSeconds: 12, objects: "2 target groups added" } },
      }),
      different: ["changed back: objects", "left over when it is changed back"],
    },
  },
  nothing: unmeasured,
  simulated: {
    "node port changed: lost, keep-alive": [0, 0],
    "node port changed: objects": [objects.left, objects.right],
    "changed back: objects": [objects.left, objects.right],
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
