import { localHealthFindings } from "../../../../../comparison/scenarios/localHealth/conclude.ts";
import type { LostPod } from "../../../../../comparison/scenarios/localHealth/conclude.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { concludes, every, loaded } from "../concludes.ts";
import { answered, lost } from "../samples.ts";

/** Of two hundred requests so many are lost. */
const losing = (count: number): Sample[] =>
  every(100, 0, 20_000).map((at, index) => (index < count ? lost("http", at) : answered("http", at)));

/** At 20 times AWS's speed, of pods that sleep for 25 s before they end. */
const checked: LostPod = { before: true, after: true, seconds: 28, preStopSeconds: 25 };
const told: LostPod = { ...checked, seconds: 2 };
const without = (changes: Partial<LostPod>, losses = 4) => loaded({ ...checked, ...changes }, losing(losses));
const counted = (changes: Partial<LostPod>, losses = 0) => loaded({ ...told, ...changes }, losing(losses));

const found = (left: ReturnType<typeof without>, right = counted({})) =>
  localHealthFindings({ left, right }, 20);

const title = {
  before: "healthy targets are the nodes with a pod: before",
  after: "healthy targets are the nodes with a pod: afterwards",
  seconds: "from the pod's order to end until its node is unhealthy",
  answered: "answered meanwhile",
};

describe("a node whose pod goes, under policy Local", () => {
  concludes(found(without({})), {
    "a node without a pod was healthy before": {
      findings: found(without({ before: false })),
      different: [title.before],
    },
    "one is afterwards": {
      findings: found(without({}), counted({ after: false })),
      different: [title.after],
    },
    "a check of the node port fails while the pod serves": {
      findings: found(without({ seconds: 19 })),
      different: [title.seconds],
    },
    "it passes long after the pod must have ended": {
      findings: found(without({ seconds: 136 })),
      different: [title.seconds],
    },
    "the healthCheckNodePort counts a pod that was told to end": {
      findings: found(without({}), counted({ seconds: 27 })),
      different: [title.seconds],
    },
    "the controller's side loses what the other loses": {
      findings: found(without({}), counted({}, 4)),
      different: [title.answered],
    },
    "the other side loses nothing: then its check failed too early": {
      findings: found(without({}, 0), counted({}, 1)),
      different: [title.answered],
    },
    "it loses more than a node's share": { findings: found(without({}, 41)), different: [title.answered] },
    "nothing was sent": {
      findings: found(loaded(checked, [])),
      different: [],
      unreachable: [title.answered],
    },
  });
});
