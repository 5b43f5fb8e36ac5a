import { idOf, rollOuts, sent } from "../../../../../comparison/scenarios/rollOut/conclude.ts";
import type { Measured, RolledOut } from "../../../../../comparison/scenarios/rollOut/conclude.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, cutOff, lost } from "../samples.ts";
import { rollOut } from "../../../../../comparison/scenarios/rollOut/scenario.ts";
import { both, every, loaded, trialOf, unmeasured } from "../trial.ts";

const ids = sent.map(idOf);
const titles = sent.map(({ policy, title }) => `${policy}, ${title}: answered`);
const gap = "Cluster, new connections: longest gap";

/** Of each load 200 requests. */
const times = every(100, 0, 20_000);
const calm = ids.flatMap((id) => times.map((at) => answered(id, at)));
const losing = (count: number, of: (id: string) => boolean = () => true): Sample[] =>
  calm.map((sample) => (of(sample.load) && sample.at < count * 100 ? lost(sample.load, sample.at) : sample));

/** One kept connection after the other breaks while a request is under way, when the pod ends that answered over it. */
const ended = (count: number, of = (index: number): string => `former-${index}`, reason?: string): Sample[] =>
  calm.map((sample) => {
    const index = sample.at / 100;
    return sample.load === "http keep-alive, Local" && index < count
      ? cutOff(sample.load, sample.at, of(index), reason)
      : sample;
  });

const replaced = (replacedEach: number): RolledOut => ({ replacedEach, startedAt: [0] });
const usual = loaded(replaced(rollOuts), losing(2));
const found = (right: Measured["right"]): Measured => ({ left: usual, right });

export const trial = trialOf({
  scenario: rollOut,
  documented: found(usual),
  otherwise: {
    "more than one request of a hundred is lost": {
      measured: found(loaded(replaced(rollOuts), losing(3))),
      different: titles,
    },
    "they are lost over one kind of connection only": {
      measured: found(
        loaded(
          replaced(rollOuts),
          losing(3, (id) => id === "http keep-alive, Local"),
        ),
      ),
      different: ["Local, keep-alive: answered"],
    },
    "kept connections break only where a pod ends": {
      measured: found(loaded(replaced(rollOuts), ended(15))),
      different: [],
    },
    "they break though their pod goes on answering": {
      measured: found(
        loaded(
          replaced(rollOuts),
          ended(15, () => "pod-1"),
        ),
      ),
      different: ["Local, keep-alive: answered"],
    },
    "pods that end leave requests without an answer": {
      measured: found(loaded(replaced(rollOuts), ended(15, undefined, "no answer within 2 s"))),
      different: ["Local, keep-alive: answered"],
    },
    "somebody else's pods answer": {
      measured: found(
        loaded(
          replaced(rollOuts),
          calm.map(({ load, at }) => answered(load, at, "stranger")),
        ),
      ),
      different: [...titles, gap],
    },
    "nobody answers for longer than a request waits, though that is little of the whole": {
      measured: found(loaded(replaced(rollOuts), [...calm, ...ids.map((id) => answered(id, 22_500))])),
      different: [gap],
    },
    "pods were not replaced each time": {
      measured: found(loaded(replaced(rollOuts - 1 / 3), calm)),
      different: ["pods replaced, each"],
    },
    "they were replaced once too often": {
      measured: both(loaded(replaced(rollOuts + 1 / 3), calm)),
      different: ["pods replaced, each"],
    },
    "nothing was sent": {
      measured: found(loaded(replaced(rollOuts), [])),
      different: [],
      unreachable: [...titles, gap],
    },
  },
  nothing: unmeasured,
  simulated: {
    "pods replaced, each": [rollOuts, rollOuts],
    "Cluster, new connections: answered": [100, 100],
    "Cluster, keep-alive: answered": [100, 100],
  },
  wrongWorlds: {
    "pods end at once when they are told to": {
      physics: { preStop: 0, gracefulEnd: false, endpoints: 3 },
      different: titles,
    },
  },
});
