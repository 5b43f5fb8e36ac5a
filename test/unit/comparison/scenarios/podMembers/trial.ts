import { byName, members } from "../../../../../comparison/scenarios/podMembers/conclude.ts";
import type {
  Measured,
  MembersAre,
  RolledOut,
} from "../../../../../comparison/scenarios/podMembers/conclude.ts";
import { podMembers } from "../../../../../comparison/scenarios/podMembers/scenario.ts";
import { zoneLoad } from "../../../../../comparison/scenarios/podMembers/zonal.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { both, every, loaded, trialOf, unmeasured } from "../trial.ts";

const zones = [0, 1, 2].map(zoneLoad);
const [firstZone = ""] = zones;

/** Each load sends 1000 requests. */
const times = every(100, 0, 100_000);

/** What the loads meet if those to these are lost for so many seconds. */
const meeting = (ids: readonly string[], seconds: number): Sample[] =>
  [byName, ...zones].flatMap((id) =>
    times.map((at) =>
      ids.includes(id) && at >= 5000 && at < 5000 + seconds * 1000 ? lost(id, at) : answered(id, at),
    ),
  );

const rolledOut = (secondsEach: number, replaced = 3): RolledOut => ({
  startedAt: 0,
  rolledOutAt: 3000 * secondsEach,
  pods: 3,
  replaced,
});

const calm = meeting([], 0);
const nodes = loaded(rolledOut(3), calm);
const pods = loaded(rolledOut(3), meeting(zones, 10));
const gated = loaded(rolledOut(20), calm);

const documented: Measured = { nodes: both(nodes), pods: both(pods), gated: both(gated) };

/** What is otherwise on one side. */
const otherwise = (kind: MembersAre, right: Measured[MembersAre]["right"]): Measured => ({
  ...documented,
  [kind]: { left: documented[kind].left, right },
});

const at = (kind: MembersAre) => ({
  replaced: `${members[kind]}: pods replaced`,
  name: `${members[kind]}: answered at the name`,
  zones: `${members[kind]}: answered at the zones' addresses`,
  gap: `${members[kind]}: longest gap at a zone's address`,
});
const nameGap = "pods: longest gap at the name";
const takes = "pods with readiness gates: a roll-out takes, for each pod";

export const trial = trialOf({
  scenario: podMembers,
  documented,
  otherwise: {
    "clients of the name lose more than one request of a hundred though nodes are members": {
      measured: otherwise("nodes", loaded(rolledOut(3), meeting([byName], 11))),
      different: [at("nodes").name],
    },
    "a zone is without an answer though nodes are members": {
      measured: otherwise("nodes", loaded(rolledOut(3), meeting([firstZone], 2.9))),
      different: [at("nodes").gap],
    },
    "all zones are, for longer": {
      measured: otherwise("nodes", loaded(rolledOut(3), meeting(zones, 11))),
      different: [at("nodes").zones, at("nodes").gap],
    },
    "nothing is lost though nobody makes pods wait": {
      measured: otherwise("pods", loaded(rolledOut(3), calm)),
      different: [at("pods").zones, at("pods").gap],
    },
    "a zone is without a member for longer than a registration takes": {
      measured: otherwise("pods", loaded(rolledOut(3), meeting(zones, 30))),
      different: [at("pods").gap],
    },
    "the name is, too": {
      measured: otherwise("pods", loaded(rolledOut(3), meeting([byName, ...zones], 30))),
      different: [at("pods").gap, nameGap],
    },
    "clients of the name lose requests though pods wait": {
      measured: otherwise("gated", loaded(rolledOut(20), meeting([byName], 11))),
      different: [at("gated").name],
    },
    "clients of the zones do": {
      measured: otherwise("gated", loaded(rolledOut(20), meeting(zones, 11))),
      different: [at("gated").zones, at("gated").gap],
    },
    "pods do not wait though they have a gate": {
      measured: otherwise("gated", loaded(rolledOut(3), calm)),
      different: [takes],
    },
    "pods wait for longer than a registration takes": {
      measured: otherwise("gated", loaded(rolledOut(60), calm)),
      different: [takes],
    },
    "a pod was not replaced": {
      measured: {
        nodes: both(loaded(rolledOut(3, 2), calm)),
        pods: both(loaded(rolledOut(3, 2), meeting(zones, 10))),
        gated: both(loaded(rolledOut(20, 2), calm)),
      },
      different: [at("nodes").replaced, at("pods").replaced, at("gated").replaced],
    },
    "nothing was sent": {
      measured: otherwise("gated", loaded(rolledOut(20), [])),
      different: [],
      unreachable: [at("gated").name, at("gated").zones, at("gated").gap],
    },
  },
  nothing: { nodes: unmeasured, pods: unmeasured, gated: unmeasured },
  simulated: {
    [at("nodes").replaced]: [100, 100],
    [at("nodes").zones]: [100, 100],
    [at("pods").replaced]: [100, 100],
    [at("gated").replaced]: [100, 100],
    [at("gated").name]: [100, 100],
    [at("gated").zones]: [100, 100],
  },
  wrongWorlds: {
    "gates do not hold a pod back": {
      physics: { gatesHold: false },
      different: [at("gated").name, at("gated").zones, at("gated").gap, takes],
    },
    "load balancers use a new member at once": {
      physics: { registration: 0 },
      different: [at("pods").zones, at("pods").gap],
    },
  },
});
