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

/** One kept connection after the other breaks while a request is under way. */
const broken = (pod: (index: number) => string, reason?: string): Sample[] =>
  calm.map((sample) => {
    const index = sample.at / 100;
    return sample.load === "http keep-alive, Local" && index < 15
      ? cutOff(sample.load, sample.at, pod(index), reason)
      : sample;
  });

const former = (index: number): string => `former-${index}`;

/** @param seconds between the break of a former pod's connection and the moment when it was listed last */
const listedLater = (seconds: number): Map<string, number> =>
  new Map(Array.from({ length: 15 }, (_, index) => [former(index), index * 100 + seconds * 1000]));

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
      measured: found(loaded(replaced(rollOuts), broken(former), listedLater(2))),
      different: [],
    },
    "they break long before their pod ends": {
      measured: found(loaded(replaced(rollOuts), broken(former), listedLater(20))),
      different: ["Local, keep-alive: answered"],
    },
    "they break though their pod goes on answering others": {
      measured: found(
        loaded(
          replaced(rollOuts),
          broken(() => "pod-1"),
          new Map([["pod-1", 2000]]),
        ),
      ),
      different: ["Local, keep-alive: answered"],
    },
    "pods that end leave requests without an answer": {
      measured: found(loaded(replaced(rollOuts), broken(former, "no answer within 2 s"), listedLater(2))),
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
