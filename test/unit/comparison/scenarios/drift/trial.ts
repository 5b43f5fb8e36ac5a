import type { BySide, Side } from "../../../../../comparison/result/bySide.ts";
import { idOf, names } from "../../../../../comparison/scenarios/drift/conclude.ts";
import type { Broken, Measured } from "../../../../../comparison/scenarios/drift/conclude.ts";
import type { Name } from "../../../../../comparison/scenarios/drift/expectations.ts";
import type { Repair } from "../../../../../comparison/scenarios/repair.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { lost } from "../samples.ts";
import { drift } from "../../../../../comparison/scenarios/drift/scenario.ts";
import { every, trialOf, unmeasured } from "../trial.ts";

const repairOf: BySide<Repair> = {
  left: { by: "pulumi up --refresh", seconds: 20 },
  right: { by: "a change of the Service", seconds: 3 },
};
const nobody: Repair = { by: "nobody", seconds: 12 };
const never: Repair = { by: "nothing that was tried", seconds: Number.NaN };

const broken = (side: Side, changes: Partial<Broken["repairs"]> = {}) => {
  const usual = repairOf[side];
  return measured<Broken>({
    at: 1900,
    from: 7000,
    to: 33_000,
    repairs: { listener: usual, target: usual, rule: usual, ...changes },
  });
};

const connected = (load: string, at: number): Sample => ({
  load,
  at,
  milliseconds: 1,
  outcome: { kind: "connected" },
});
/** Everything until it was taken away at 2 s; then what was asked of the target only, as long as nothing else is said. */
const sent = (isLost: (side: Side, name: Name, at: number) => boolean): Sample[] =>
  (["left", "right"] as const).flatMap((side) =>
    names.flatMap((name) =>
      every(200, 0, 60_000).map((at) => {
        const load = idOf(side, name);
        return at >= 2000 && isLost(side, name, at) ? lost(load, at) : connected(load, at);
      }),
    ),
  );
const missing = (_side: Side, name: Name): boolean => name !== "target";

interface Run {
  readonly left?: Partial<Broken["repairs"]>;
  readonly right?: Partial<Broken["repairs"]>;
  readonly samples?: readonly Sample[];
}
const found = ({ left, right, samples = sent(missing) }: Run): Measured => ({
  broken: { left: broken("left", left), right: broken("right", right) },
  samples,
  nodeOfPod: new Map(),
});

const titles = (what: string) => names.map((name) => `${name}: ${what}`);
const all = (repair: Repair) => ({ listener: repair, target: repair, rule: repair });

export const trial = trialOf({
  scenario: drift,
  documented: found({}),
  otherwise: {
    "it is not missed": {
      measured: found({ samples: sent(() => false) }),
      different: ["listener: lost until it is back", "rule: lost until it is back"],
    },
    "a single request is answered without it": {
      measured: found({
        samples: sent((side, name, at) => missing(side, name) && !(side === "right" && at === 20_000)),
      }),
      different: ["listener: lost until it is back", "rule: lost until it is back"],
    },
    "a request is lost though there are other targets": {
      measured: found({ samples: sent((side, name, at) => missing(side, name) || at === 20_000) }),
      different: ["target: lost until it is back"],
    },
    "the controller brings it back without being asked": {
      measured: found({ right: all(nobody) }),
      different: titles("brought back by"),
    },
    "Pulumi looks without being told to": {
      measured: found({ left: { rule: { by: "pulumi up", seconds: 20 } } }),
      different: ["rule: brought back by"],
    },
    "nothing brings it back": {
      measured: found({ left: { listener: never }, right: { target: never } }),
      different: [
        "listener: brought back by",
        "listener: until it is back",
        "target: brought back by",
        "target: until it is back",
      ],
    },
    "it comes too late": {
      measured: found({ right: all({ ...repairOf.right, seconds: 61 }) }),
      different: titles("until it is back"),
    },
    "an update takes too long": {
      measured: found({ left: all({ ...repairOf.left, seconds: 121 }) }),
      different: titles("until it is back"),
    },
    "nothing was sent": {
      measured: found({ samples: [] }),
      different: [],
      unreachable: titles("lost until it is back"),
    },
  },
  nothing: { broken: unmeasured, samples: [], nodeOfPod: new Map() },
  simulated: {
    "listener: lost until it is back": [100, 100],
    "target: lost until it is back": [0, 0],
    "rule: lost until it is back": [100, 100],
    "listener: brought back by": ["pulumi up --refresh", "a change of the Service"],
    "target: brought back by": ["pulumi up --refresh", "a change of the Service"],
    "rule: brought back by": ["pulumi up --refresh", "a change of the Service"],
  },
  wrongWorlds: {
    "the controller restores what it is not told of": {
      physics: { controllerWatchesCloud: true },
      different: [
        "listener: lost until it is back",
        "listener: brought back by",
        "target: brought back by",
        "rule: lost until it is back",
        "rule: brought back by",
      ],
    },
  },
});
