import type { BySide } from "../../../../../comparison/result/bySide.ts";
import { driftFindings, idOf, names } from "../../../../../comparison/scenarios/drift/conclude.ts";
import type { Broken, Name } from "../../../../../comparison/scenarios/drift/conclude.ts";
import type { Repair } from "../../../../../comparison/scenarios/repair.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { concludes, every } from "../concludes.ts";
import { lost } from "../samples.ts";

type Side = keyof BySide<unknown>;

const repairOf: BySide<Repair> = {
  left: { by: "pulumi up --refresh", seconds: 20 },
  right: { by: "a change of the Service", seconds: 3 },
};
const nobody: Repair = { by: "nobody", seconds: 12 };
const never: Repair = { by: "nothing that was tried", seconds: Number.NaN };

const broken = (side: Side, changes: Partial<Broken["repairs"]> = {}) => {
  const usual = repairOf[side];
  return measured<Broken>({
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
const found = ({ left, right, samples = sent(missing) }: Run) =>
  driftFindings({ left: broken("left", left), right: broken("right", right) }, samples);

const titles = (what: string) => names.map((name) => `${name}: ${what}`);
const all = (repair: Repair) => ({ listener: repair, target: repair, rule: repair });

describe("what is taken away behind its owner's back", () => {
  concludes(found({}), {
    "it is not missed": {
      findings: found({ samples: sent(() => false) }),
      different: ["listener: lost until it is back", "rule: lost until it is back"],
    },
    "a single request is answered without it": {
      findings: found({
        samples: sent((side, name, at) => missing(side, name) && !(side === "right" && at === 20_000)),
      }),
      different: ["listener: lost until it is back", "rule: lost until it is back"],
    },
    "a request is lost though there are other targets": {
      findings: found({ samples: sent((side, name, at) => missing(side, name) || at === 20_000) }),
      different: ["target: lost until it is back"],
    },
    "the controller brings it back without being asked": {
      findings: found({ right: all(nobody) }),
      different: titles("brought back by"),
    },
    "Pulumi looks without being told to": {
      findings: found({ left: { rule: { by: "pulumi up", seconds: 20 } } }),
      different: ["rule: brought back by"],
    },
    "nothing brings it back": {
      findings: found({ left: { listener: never }, right: { target: never } }),
      different: [
        "listener: brought back by",
        "listener: until it is back",
        "target: brought back by",
        "target: until it is back",
      ],
    },
    "it comes too late": {
      findings: found({ right: all({ ...repairOf.right, seconds: 61 }) }),
      different: titles("until it is back"),
    },
    "an update takes too long": {
      findings: found({ left: all({ ...repairOf.left, seconds: 121 }) }),
      different: titles("until it is back"),
    },
    "nothing was sent": {
      findings: found({ samples: [] }),
      different: [],
      unreachable: titles("lost until it is back"),
    },
  });
});
