import type { LostPod } from "../../../../../comparison/scenarios/localHealth/conclude.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { localHealth } from "../../../../../comparison/scenarios/localHealth/scenario.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

/** Of two hundred requests so many are lost. */
const losing = (count: number): Sample[] =>
  every(100, 0, 20_000).map((at, index) => (index < count ? lost("http", at) : answered("http", at)));

/** At 20 times AWS's speed, of pods that sleep for 25 s before they end. */
const checked: LostPod = { at: 1000, before: true, after: true, seconds: 28, preStopSeconds: 25 };
const told: LostPod = { ...checked, seconds: 2 };
const without = (changes: Partial<LostPod>, losses = 4) => loaded({ ...checked, ...changes }, losing(losses));
const counted = (changes: Partial<LostPod>, losses = 0) => loaded({ ...told, ...changes }, losing(losses));

const found = (left: ReturnType<typeof without>, right = counted({})) => ({ left, right });

const title = {
  before: "healthy targets are the nodes with a pod: before",
  after: "healthy targets are the nodes with a pod: afterwards",
  seconds: "from the pod's order to end until its node is unhealthy",
  answered: "answered meanwhile",
};

export const trial = trialOf({
  scenario: localHealth,
  documented: found(without({})),
  otherwise: {
    "a node without a pod was healthy before": {
      measured: found(without({ before: false })),
      different: [title.before],
    },
    "one is afterwards": {
      measured: found(without({}), counted({ after: false })),
      different: [title.after],
    },
    "a check of the node port fails while the pod serves": {
      measured: found(without({ seconds: 19 })),
      different: [title.seconds],
    },
    "it passes long after the pod must have ended": {
      measured: found(without({ seconds: 136 })),
      different: [title.seconds],
    },
    "the healthCheckNodePort counts a pod that was told to end": {
      measured: found(without({}), counted({ seconds: 27 })),
      different: [title.seconds],
    },
    "the controller's side loses what the other loses": {
      measured: found(without({}), counted({}, 4)),
      different: [title.answered],
    },
    "the other side loses nothing: then its check failed too early": {
      measured: found(without({}, 0), counted({}, 1)),
      different: [title.answered],
    },
    "it loses more than a node's share": { measured: found(without({}, 41)), different: [title.answered] },
    "nothing was sent": {
      measured: found(loaded(checked, [])),
      different: [],
      unreachable: [title.answered],
    },
  },
  nothing: unmeasured,
  simulated: { [title.before]: [true, true], [title.after]: [true, true] },
  wrongWorlds: {
    "a pod ends before its node is found out": {
      physics: { preStop: 0, gracefulEnd: false, endpoints: 3 },
      different: [title.answered],
    },
    "checks take longer than they may": {
      physics: { localThreshold: 30 },
      different: [title.seconds],
    },
  },
});
