import { nameOf, parts } from "../../../../../comparison/scenarios/outages/conclude.ts";
import type { Measured, Outage, Outages } from "../../../../../comparison/scenarios/outages/conclude.ts";
import { outages } from "../../../../../comparison/scenarios/outages/scenario.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { words } from "../conditions.ts";
import { answered, lost } from "../samples.ts";
import { both, every, loaded, trialOf, unmeasured } from "../trial.ts";

const refused = "refused: the Kubernetes API at https://127.0.0.1:6443 is unreachable";

const outage = (left: [string, string], right: [string, string], from: number): Outage => ({
  from,
  to: from + 1000,
  answers: { left: left[0], right: right[0] },
  caughtUp: { left: { by: left[1], seconds: 3 }, right: { by: right[1], seconds: 4 } },
});

/** As documented. */
const usual: Outages = {
  "cloud controller": outage(["done", "meanwhile"], ["done", "by itself"], 0),
  "API server": outage([refused, "asked again"], [refused, "asked again"], 1000),
  "cloud API": outage([refused, "asked again"], ["done", "by itself"], 2000),
};

const loads = ["http", "http keep-alive"];
const calm = loads.flatMap((load) => every(100, 0, 3000).map((at) => answered(load, at)));

const found = (changes: Partial<Outages> = {}, samples: readonly Sample[] = calm): Measured =>
  both(loaded({ ...usual, ...changes }, samples));

const named = parts.map((part) => nameOf(part, words));
const titles = (what: string): string[] => named.map((part) => `${part} down: ${what}`);
const late = (part: keyof Outages): Outage => ({
  ...usual[part],
  caughtUp: { ...usual[part].caughtUp, right: { by: usual[part].caughtUp.right.by, seconds: 310 } },
});

export const trial = trialOf({
  scenario: outages,
  documented: found(),
  otherwise: {
    "a request is lost, told by the outage in which it was sent": {
      measured: found({}, [...calm, lost("http keep-alive", 1550)]),
      different: ["API server down: lost, keep-alive"],
    },
    "requests are lost in each": {
      measured: found({}, [
        ...calm,
        ...loads.flatMap((load) => [550, 1550, 2550].map((at) => lost(load, at))),
      ]),
      different: named.flatMap((part) => [
        `${part} down: lost, new connections`,
        `${part} down: lost, keep-alive`,
      ]),
    },
    "the controller never catches up": {
      measured: found({
        "cloud controller": outage(["done", "meanwhile"], ["done", "nothing that was tried"], 0),
      }),
      different: ["cloud controller down: the load balancer has it"],
    },
    "a change is accepted while the API server is down": {
      measured: found({ "API server": outage([refused, "asked again"], ["done", "by itself"], 1000) }),
      different: ["API server down: a port added", "API server down: the load balancer has it"],
    },
    "a change of the Service needs the controller": {
      measured: found({
        "cloud controller": outage(["done", "meanwhile"], [refused, "asked again"], 0),
      }),
      different: ["cloud controller down: a port added", "cloud controller down: the load balancer has it"],
    },
    "a program changes AWS while its API is down": {
      measured: found({ "cloud API": outage(["done", "meanwhile"], ["done", "by itself"], 2000) }),
      different: ["AWS API down: a port added", "AWS API down: the load balancer has it"],
    },
    "catching up takes longer than the controller's next try": {
      measured: found({
        "cloud controller": late("cloud controller"),
        "API server": late("API server"),
        "cloud API": late("cloud API"),
      }),
      different: titles("from then until it has it"),
    },
    "nothing was sent": {
      measured: found({}, []),
      different: [],
      unreachable: named.flatMap((part) => [
        `${part} down: lost, new connections`,
        `${part} down: lost, keep-alive`,
      ]),
    },
  },
  nothing: unmeasured,
  simulated: {
    "cloud controller down: a port added": ["done", "done"],
    "cloud controller down: the load balancer has it": ["meanwhile", "by itself"],
    "API server down: the load balancer has it": ["asked again", "asked again"],
    "AWS API down: the load balancer has it": ["asked again", "by itself"],
    ...Object.fromEntries(titles("lost, new connections").map((title) => [title, [0, 0] as const])),
  },
  wrongWorlds: {
    "somebody else acts for the controller": {
      physics: { controllerWatchesCloud: true },
      different: ["cloud controller down: the load balancer has it"],
    },
  },
});
