import { changeScheme } from "../../../../../comparison/scenarios/changeScheme/scenario.ts";
import { alteration } from "../alteration/alteration.ts";
import type { Step } from "../alteration/alteration.ts";
import { trialOf, unmeasured } from "../trial.ts";

const replaced = "1 load balancer replaced, 1 listener replaced, 1 target group replaced";
const internal: Step = {
  outageSeconds: 20,
  lostKeptAlive: 200,
  objects: replaced,
  address: "internal",
  seen: "internal",
};
const facing: Step = { ...internal, address: "third", seen: "internet-facing" };
const kept: Step = { seen: "internet-facing" };

const left = { there: internal, back: facing };
const right = { there: kept, back: kept };

const steps = ["internal", "internet-facing again"];
const titles = (...whats: string[]): string[] =>
  steps.flatMap((step) => whats.map((what) => `${step}: ${what}`));
const scheme = "internal: the load balancer's scheme";
const name = "internal: the DNS name stays";
const all = titles("lost, new connections", "lost, keep-alive", "longest gap", "objects");

export const trial = trialOf({
  scenario: changeScheme,
  documented: alteration({ left, right }),
  otherwise: {
    "the controller replaces its load balancer, too": {
      measured: alteration({ left, right: left }),
      different: [...all, "the DNS name stays", scheme, name],
    },
    "the program leaves its load balancer as it is": {
      measured: alteration({ left: right, right }),
      different: [...all, "the DNS name stays", scheme, name],
    },
    "the program's load balancer keeps its name while it is internal": {
      measured: alteration({
        left: { there: { ...internal, address: "before.elb.example" }, back: facing },
        right,
      }),
      different: [name],
    },
    "a load balancer is left over": {
      measured: alteration({
        left: { there: internal, back: { ...facing, objects: "2 load balancers added" } },
        right,
      }),
      different: ["internet-facing again: objects", "left over when it is changed back"],
    },
  },
  nothing: unmeasured,
  simulated: {
    "internal: objects": [replaced, "nothing"],
    "the DNS name stays": [false, true],
    "left over when it is changed back": [0, 0],
    [scheme]: ["internal", "internet-facing"],
    [name]: [false, true],
  },
});
