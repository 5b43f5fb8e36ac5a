import { noTargetFindings } from "../../../../../comparison/scenarios/noTarget/conclude.ts";
import type { Empty } from "../../../../../comparison/scenarios/noTarget/conclude.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { concludes, every, loaded } from "../concludes.ts";
import { answered, lost } from "../samples.ts";

const kept = "http keep-alive";

/** At 20 times AWS's speed: no target from 2 to 7 s, the first answer at 20 s. */
const happened: Empty = { from: 2000, to: 7000, answersAgainSeconds: 13 };
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
const found = (samples: readonly Sample[], changes: Partial<Empty> = {}) =>
  noTargetFindings({ left: usual, right: loaded({ ...happened, ...changes }, samples) }, 20);

describe("what clients meet while there is no target", () => {
  concludes(found(calm), {
    "somebody answers at one of the addresses": {
      findings: found(but(3000, ({ load, at }) => answered(load, at), "203.0.113.2")),
      different: ["refused, new connections"],
    },
    "clients wait in vain": {
      findings: found(but(3000, ({ load, at }) => lost(load, at), "http 203")),
      different: ["refused, new connections"],
    },
    "they are told late": {
      findings: found(but(3000, ({ load, at }) => lost(load, at, "ECONNREFUSED", 2100), "http 203")),
      different: ["until a refused client knows (p99)"],
    },
    "a connection that exists breaks": {
      findings: found(but(6500, refused, kept)),
      different: ["lost while there was no target, keep-alive"],
    },
    "it breaks as the targets are deregistered": {
      findings: found(but(1000, refused, kept)),
      different: ["lost while there was no target, keep-alive"],
    },
    "a target has requests before it can be registered": {
      findings: found(calm, { answersAgainSeconds: 6.9 }),
      different: ["registered again: until each address answers"],
    },
    "it has none though it must be registered and checked": {
      findings: found(calm, { answersAgainSeconds: 24.1 }),
      different: ["registered again: until each address answers"],
    },
    "nothing was sent over new connections": {
      findings: found(lasting),
      different: ["refused, new connections", "until a refused client knows (p99)"],
    },
    "nothing was sent over connections that exist": {
      findings: found(calm.filter(({ load, at }) => load !== kept || at < happened.from)),
      different: [],
      unreachable: ["lost while there was no target, keep-alive"],
    },
  });
});
