import type { Gone } from "../../../../../comparison/scenarios/noPods/conclude.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { noPods } from "../../../../../comparison/scenarios/noPods/scenario.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

/** One request a second: no pod from 10 to 20 s, pods again at 30 s. */
const happened: Gone = { at: 5000, none: { from: 10_000, to: 20_000 }, readyAt: 30_000 };
const refused = (at: number, milliseconds = 1): Sample => lost("http", at, "ECONNREFUSED", milliseconds);
const times = every(1000, 0, 41_000);
const calm = times.map((at) => (at >= 8000 && at < 32_000 ? refused(at) : answered("http", at)));
const but = (sample: Sample): Sample[] =>
  calm.map((usually) => (usually.at === sample.at ? sample : usually));

const usual = loaded(happened, calm);
const found = (samples: readonly Sample[]) => ({ left: usual, right: loaded(happened, samples) });

const title = {
  answered: "answered without a pod",
  refused: "refused without a pod",
  told: "until a refused client knows (p99)",
  again: "pods ready again: until the last loss",
};

export const trial = trialOf({
  scenario: noPods,
  documented: found(calm),
  otherwise: {
    "somebody answers": {
      measured: found(but(answered("http", 15_000))),
      different: [title.answered, title.refused],
    },
    "a client waits in vain": { measured: found(but(lost("http", 15_000))), different: [title.refused] },
    "a client is told late": { measured: found(but(refused(15_000, 2100))), different: [title.told] },
    "a client is refused though pods are ready": {
      measured: found(but(refused(36_000))),
      different: [title.again],
    },
    "nobody answers any more": {
      measured: found(times.map((at) => refused(at))),
      different: [title.again],
    },
    "nothing was sent while there was none": {
      measured: found(calm.filter(({ at }) => at < 10_000 || at >= 20_000)),
      different: [],
      unreachable: [title.answered, title.refused, title.told],
    },
    "nothing was sent until all must be well": {
      measured: found(calm.filter(({ at }) => at < 33_000)),
      different: [],
      unreachable: [title.again],
    },
  },
  nothing: unmeasured,
  simulated: { [title.answered]: [0, 0], [title.refused]: [100, 100] },
  wrongWorlds: {
    "nodes learn late that pods are back": {
      physics: { endpoints: 8 },
      different: [title.refused, title.again],
    },
  },
});
