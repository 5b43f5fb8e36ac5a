import type { Empty } from "../../../../../comparison/scenarios/noTarget/conclude.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { noTarget } from "../../../../../comparison/scenarios/noTarget/scenario.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

const kept = "http keep-alive";

/** At 20 times AWS's speed: no target from 2 to 7 s, the first answer at 20 s. */
const happened: Empty = { at: 1500, from: 2000, to: 7000, answersAgainSeconds: 13 };
const none = every(500, happened.from, happened.to);

const refused = ({ at, load }: Sample): Sample => lost(load, at, "ECONNREFUSED", 1);
const fresh = ["http 203.0.113.1", "http 203.0.113.2"].flatMap((load) => [
  answered(load, 1000),
  ...none.map((at) => lost(load, at, "ECONNREFUSED", 1)),
  // After it: not that of a target that is missing.
  lost(load, 9000),
  answered(load, 20_000),
]);
const lasting = [1000, ...none].map((at) => answered(kept, at));
const calm = [...fresh, ...lasting];
/** All that was sent, with what was sent at a time, by some loads, otherwise. */
const but = (at: number, otherwise: (sample: Sample) => Sample, of = ""): Sample[] =>
  calm.map((sample) => (sample.at === at && sample.load.includes(of) ? otherwise(sample) : sample));

const usual = loaded(happened, calm);
const found = (samples: readonly Sample[], changes: Partial<Empty> = {}) => ({
  left: usual,
  right: loaded({ ...happened, ...changes }, samples),
});

export const trial = trialOf({
  scenario: noTarget,
  documented: found(calm),
  otherwise: {
    "somebody answers at one of the addresses": {
      measured: found(but(3000, ({ load, at }) => answered(load, at), "203.0.113.2")),
      different: ["refused, new connections"],
    },
    "clients wait in vain": {
      measured: found(but(3000, ({ load, at }) => lost(load, at), "http 203")),
      different: ["refused, new connections"],
    },
    "they are told late": {
      measured: found(but(3000, ({ load, at }) => lost(load, at, "ECONNREFUSED", 2100), "http 203")),
      different: ["until a refused client knows (p99)"],
    },
    "a connection that exists breaks": {
      measured: found(but(6500, refused, kept)),
      different: ["lost while there was no target, keep-alive"],
    },
    "it breaks as the targets are deregistered": {
      measured: found(but(1000, refused, kept)),
      different: ["lost while there was no target, keep-alive"],
    },
    "a target has requests before it can be registered": {
      measured: found(calm, { answersAgainSeconds: 6.9 }),
      different: ["registered again: until each address answers"],
    },
    "it has none though it must be registered and checked": {
      measured: found(calm, { answersAgainSeconds: 24.1 }),
      different: ["registered again: until each address answers"],
    },
    "nothing was sent over new connections": {
      measured: found(lasting),
      different: ["refused, new connections", "until a refused client knows (p99)"],
    },
    "nothing was sent over connections that exist": {
      measured: found(calm.filter(({ load, at }) => load !== kept || at < happened.from)),
      different: [],
      unreachable: ["lost while there was no target, keep-alive"],
    },
  },
  nothing: unmeasured,
  simulated: {
    "refused, new connections": [100, 100],
    "lost while there was no target, keep-alive": [0, 0],
  },
  wrongWorlds: {
    "members are registered too soon": {
      physics: { registration: 20 },
      different: ["registered again: until each address answers"],
    },
    "members are registered too late": {
      physics: { registration: 700 },
      different: ["registered again: until each address answers"],
    },
  },
});
