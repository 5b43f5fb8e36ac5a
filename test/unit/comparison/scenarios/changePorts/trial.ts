import { changePorts } from "../../../../../comparison/scenarios/changePorts/scenario.ts";
import { alteration, silentAlteration } from "../alteration/alteration.ts";
import type { Step } from "../alteration/alteration.ts";
import { trialOf, unmeasured } from "../trial.ts";

const objects = (what: string, rules: number): string =>
  `1 listener ${what}, 1 target group ${what}, ${rules} rules ${what}`;

/** Both steps on both sides with this, but for the objects. */
const sides = (step: Step = {}, rules = { left: 2, right: 5 }) => ({
  left: {
    there: { objects: objects("added", rules.left), ...step },
    back: { objects: objects("removed", rules.left), ...step },
  },
  right: {
    there: { objects: objects("added", rules.right), ...step },
    back: { objects: objects("removed", rules.right), ...step },
  },
});

const steps = ["port added", "port removed"];
const titles = (what: string): string[] => steps.map((step) => `${step}: ${what}`);
const { left, right } = sides();

export const trial = trialOf({
  scenario: changePorts,
  documented: alteration(sides()),
  otherwise: {
    "a new connection is lost": {
      measured: alteration(sides({ outageSeconds: 0.1 })),
      different: titles("lost, new connections"),
    },
    "nobody answers for a while": {
      measured: alteration(sides({ outageSeconds: 2.5 })),
      different: steps.flatMap((step) => [`${step}: lost, new connections`, `${step}: longest gap`]),
    },
    "a connection that lasts breaks": {
      measured: alteration(sides({ lostKeptAlive: 1 })),
      different: titles("lost, keep-alive"),
    },
    "both ways make the same rules": {
      measured: alteration(sides({}, { left: 5, right: 5 })),
      different: titles("objects"),
    },
    "the load balancer gets another name": {
      measured: alteration({ left, right: { ...right, there: { ...right.there, address: "other" } } }),
      different: ["the DNS name stays"],
    },
    "a listener is left over": {
      measured: alteration({ left, right: { ...right, back: { objects: "3 listeners added" } } }),
      different: ["port removed: objects", "left over when it is changed back"],
    },
    "nothing was sent": {
      measured: silentAlteration(sides()),
      different: [],
      unreachable: steps.flatMap((step) => [
        `${step}: lost, new connections`,
        `${step}: lost, keep-alive`,
        `${step}: longest gap`,
      ]),
    },
  },
  nothing: unmeasured,
  simulated: {
    "port added: lost, new connections": [0, 0],
    "port added: objects": [objects("added", 2), objects("added", 5)],
    "port removed: objects": [objects("removed", 2), objects("removed", 5)],
    "the DNS name stays": [true, true],
    "left over when it is changed back": [0, 0],
  },
});
