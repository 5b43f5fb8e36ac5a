import type { Measured, Unattended } from "../../../../../comparison/scenarios/unattended/conclude.ts";
import { unattended } from "../../../../../comparison/scenarios/unattended/scenario.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

/** Answers each second from the kill on, a loss after one and a half. */
const usual = [...[1000, 2000, 3000, 4000].map((at) => answered("http", at)), lost("http", 2500)];

const side = (samples: readonly Sample[], changes: Partial<Unattended> = {}) =>
  loaded({ at: 1000, answersAgain: true, ...changes }, samples);

const found = (samples: readonly Sample[], changes: Partial<Unattended> = {}): Measured => ({
  left: side(usual),
  right: side(samples, changes),
});

const title = {
  again: "its pod answers again",
  lost: "lost, new connections",
  last: "until the last loss",
  gap: "longest gap",
};

export const trial = trialOf({
  scenario: unattended,
  documented: found(usual),
  otherwise: {
    "its pod does not answer again": {
      measured: found(usual, { answersAgain: false }),
      different: [title.again],
    },
    "more than its share is lost": {
      measured: found([...usual, ...every(1, 1000, 1100).map((at) => lost("http", at))]),
      different: [title.lost],
    },
    "its share is lost for longer than a restart takes": {
      measured: found([
        ...usual,
        ...every(1000, 5000, 12_000).map((at) => answered("http", at)),
        lost("http", 12_000),
      ]),
      different: [title.last],
    },
    "the other pods don't answer, either": {
      measured: found([answered("http", 1000), answered("http", 5000)]),
      different: [title.gap],
    },
    "nothing was sent after it": {
      measured: found([answered("http", 500)]),
      different: [],
      unreachable: [title.lost, title.last, title.gap],
    },
  },
  nothing: unmeasured,
  simulated: { [title.again]: [true, true] },
  wrongWorlds: {
    "a container takes long to start again": {
      physics: { containerRestart: 12 },
      different: [title.lost, title.last],
    },
  },
});
