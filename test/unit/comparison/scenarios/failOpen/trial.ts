import type { Unhealthy } from "../../../../../comparison/scenarios/failOpen/conclude.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { failOpen } from "../../../../../comparison/scenarios/failOpen/scenario.ts";
import { both, every, loaded, trialOf, unmeasured } from "../trial.ts";

/** At 20 times AWS's speed: no target was healthy from 5 to 10 s. */
const happened: Unhealthy = { detectionSeconds: 4.5, outOfDns: 0, from: 5000, to: 10_000 };
const kinds = ["http", "http keep-alive"];
const calm = kinds.flatMap((kind) => every(500, 0, 15_000).map((at) => answered(kind, at)));
const missing = (kind: string, when: number): Sample[] =>
  calm.map((sample) => (sample.load === kind && sample.at === when ? lost(kind, when) : sample));

const usual = loaded(happened, calm);
const found = (samples: readonly Sample[], changes: Partial<Unhealthy> = {}) => ({
  left: usual,
  right: loaded({ ...happened, ...changes }, samples),
});

export const trial = trialOf({
  scenario: failOpen,
  documented: found(calm),
  otherwise: {
    "targets are found out before three checks can have failed": {
      measured: found(calm, { detectionSeconds: 2.9 }),
      different: ["until every target is unhealthy"],
    },
    "they are not though three must have": {
      measured: found(calm, { detectionSeconds: 12.6 }),
      different: ["until every target is unhealthy"],
    },
    "a new connection is lost": {
      measured: found(missing("http", 6000)),
      different: ["answered, new connections"],
    },
    "an old one breaks while they are unhealthy": {
      measured: found(missing("http keep-alive", 6000)),
      different: ["lost, keep-alive"],
    },
    "it breaks as they become so, or healthy again": {
      measured: found([...missing("http keep-alive", 4500), ...missing("http keep-alive", 11_000)]),
      different: ["lost, keep-alive"],
    },
    "a zone is taken out of DNS": {
      measured: both(loaded({ ...happened, outOfDns: 1 }, calm)),
      different: ["zones whose address is not in DNS"],
    },
    "nothing was sent meanwhile": {
      measured: found(calm.filter(({ at }) => at < happened.from || at >= happened.to)),
      different: [],
      unreachable: ["answered, new connections", "lost, keep-alive"],
    },
  },
  nothing: unmeasured,
  simulated: {
    "answered, new connections": [100, 100],
    "lost, keep-alive": [0, 0],
    "zones whose address is not in DNS": [0, 0],
  },
  wrongWorlds: {
    "a load balancer does not fail open": {
      physics: { failsOpen: false },
      different: ["answered, new connections"],
    },
    "more checks have to fail": {
      physics: { clusterThreshold: 12 },
      different: ["until every target is unhealthy"],
    },
  },
});
