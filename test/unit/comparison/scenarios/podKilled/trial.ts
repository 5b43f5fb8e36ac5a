import { kinds, perSecond } from "../../../../../comparison/scenarios/podKilled/conclude.ts";
import type { Killed } from "../../../../../comparison/scenarios/podKilled/conclude.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { podKilled } from "../../../../../comparison/scenarios/podKilled/scenario.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

const happened: Killed = { podAt: 500, containerAt: 10_500 };

/** A request of each kind is lost if this says so. */
function samples(isLost: (at: number, kind: string) => boolean): Sample[] {
  return kinds.flatMap((kind) =>
    every(1000 / perSecond, 0, 20_500).map((at, index) =>
      isLost(at, kind) ? lost(kind, at) : answered(kind, at, `pod-${(index % 3) + 1}`),
    ),
  );
}

const within = (at: number, from: number, to: number): boolean => at >= from && at < to;
/** Each third request, for 1 s after each of the two ended. */
const missing = (at: number): boolean =>
  (within(at, 500, 1500) || within(at, 10_500, 11_500)) && at % 120 === 0;

const usual = loaded(happened, samples(missing));
const found = (isLost: (at: number, kind: string) => boolean) => ({
  left: usual,
  right: loaded(happened, samples(isLost)),
});

export const trial = trialOf({
  scenario: podKilled,
  documented: found(missing),
  otherwise: {
    "a pod that is gone is sent its share for longer than rules take": {
      measured: found((at) => within(at, 500, 6500) && at % 120 === 0),
      different: [
        "pod killed: lost, new connections",
        "pod killed: lost, keep-alive",
        "pod killed: until the last loss",
        "pod killed: until the last loss, keep-alive",
      ],
    },
    "a container that is gone is": {
      measured: found((at) => within(at, 10_500, 16_500) && at % 120 === 0),
      different: [
        "container killed: lost, new connections",
        "container killed: lost, keep-alive",
        "container killed: until the last loss",
        "container killed: until the last loss, keep-alive",
      ],
    },
    "a single request is lost late": {
      measured: found((at, kind) => kind === "http" && (at === 5520 || at === 15_520)),
      different: ["pod killed: until the last loss", "container killed: until the last loss"],
    },
    "one is of a connection that lasts": {
      measured: found((at, kind) => kind !== "http" && (at === 5520 || at === 15_520)),
      different: [
        "pod killed: until the last loss, keep-alive",
        "container killed: until the last loss, keep-alive",
      ],
    },
    "nobody answers for a while": {
      measured: found((at, kind) => kind === "http" && within(at % 10_000, 520, 2600)),
      different: [
        "pod killed: lost, new connections",
        "pod killed: longest gap",
        "container killed: lost, new connections",
        "container killed: longest gap",
      ],
    },
    "nothing was sent after the second": {
      measured: {
        left: usual,
        right: loaded(
          happened,
          samples(missing).filter(({ at }) => at < happened.containerAt),
        ),
      },
      different: [],
      unreachable: [
        "container killed: lost, new connections",
        "container killed: lost, keep-alive",
        "container killed: until the last loss",
        "container killed: until the last loss, keep-alive",
        "container killed: longest gap",
      ],
    },
  },
  nothing: unmeasured,
  simulated: {
    "pod killed: lost, new connections": [11, 7],
    "pod killed: lost, keep-alive": [9, 9],
    "container killed: lost, new connections": [12, 14],
    "container killed: lost, keep-alive": [11, 7],
  },
});
