import { changeServiceType } from "../../../../../comparison/scenarios/changeServiceType/scenario.ts";
import { alteration } from "../alteration/alteration.ts";
import type { Step } from "../alteration/alteration.ts";
import { trialOf, unmeasured } from "../trial.ts";

const objects = (what: string, rules: number): string =>
  `1 load balancer ${what}, 1 listener ${what}, 1 target group ${what}, ${rules} rules ${what}`;
const out: Step = { outageSeconds: 25, lostKeptAlive: 200 };

const seen = "refused";
const left = {
  there: { objects: objects("added", 3), seen },
  back: { objects: objects("removed", 3), seen },
};
const right = {
  there: { ...out, objects: objects("removed", 5), seen },
  back: { ...out, objects: objects("added", 5), address: "other", seen },
};

const steps = ["the other type", "changed back"];
const titles = (...whats: string[]): string[] =>
  steps.flatMap((step) => whats.map((what) => `${step}: ${what}`));
const met = titles("lost, new connections", "lost, keep-alive", "longest gap");

export const trial = trialOf({
  scenario: changeServiceType,
  documented: alteration({ left, right }),
  otherwise: {
    "clients of the program's load balancer notice": {
      measured: alteration({
        left: { there: { ...left.there, ...out }, back: { ...left.back, ...out } },
        right,
      }),
      different: met,
    },
    "clients of the controller's don't": {
      measured: alteration({
        left,
        right: {
          there: { objects: objects("removed", 5), seen },
          back: { objects: objects("added", 5), address: "other", seen },
        },
      }),
      different: met,
    },
    "the controller makes the rules that the program has made, too": {
      measured: alteration({
        left: {
          there: { objects: objects("added", 5), seen },
          back: { objects: objects("removed", 5), seen },
        },
        right,
      }),
      different: titles("objects"),
    },
    "the controller's load balancer has the same name again": {
      measured: alteration({
        left,
        right: { ...right, back: { ...out, objects: objects("added", 5), seen } },
      }),
      different: ["the DNS name stays"],
    },
    "the program's load balancer gets another name": {
      measured: alteration({ left: { ...left, there: { ...left.there, address: "other" } }, right }),
      different: ["the DNS name stays"],
    },
    "a load balancer is left over": {
      measured: alteration({ left: { ...left, back: { objects: "1 load balancer added", seen } }, right }),
      different: ["changed back: objects", "left over when it is changed back"],
    },
    "another controller can take the Service over": {
      measured: alteration({ left, right: { ...right, back: { ...right.back, seen: "accepted" } } }),
      different: ["loadBalancerClass of a Service that exists"],
    },
  },
  nothing: unmeasured,
  simulated: {
    "the other type: objects": [objects("added", 3), objects("removed", 5)],
    "changed back: objects": [objects("removed", 3), objects("added", 5)],
    "the DNS name stays": [true, false],
    "left over when it is changed back": [0, 0],
    "loadBalancerClass of a Service that exists": ["refused", "refused"],
  },
});
