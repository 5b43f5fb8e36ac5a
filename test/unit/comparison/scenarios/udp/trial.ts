import { flowPerSecond } from "../../../../../comparison/scenarios/udp/conclude.ts";
import type { Measured } from "../../../../../comparison/scenarios/udp/conclude.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { udp, udpReplaced } from "../../../../../comparison/scenarios/udp/scenario.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

const seen = "a node's";
const each = every(100, 0, 3000).map((at) => answered("each", at, "pod-2"));
/** A flow that its first pod answers until 5 s, and another one from then on that this says. */
const flow = (from: number, then = "pod-2"): Sample[] =>
  every(1000 / flowPerSecond, 0, 20_000).map((at) => {
    if (at < 5000) return answered("flow", at, "pod-1");
    return at < from ? lost("flow", at) : answered("flow", at, then);
  });
const calm = [...each, ...flow(6000)];

const usual = loaded({ at: 5000, seen }, calm);
const found = (samples: readonly Sample[], whom = seen): Measured => ({
  left: usual,
  right: loaded({ at: 5000, seen: whom }, samples),
});

const title = {
  answered: "answered by DNS name",
  seen: "policy Cluster: pods see",
  moves: "moves of a flow whose pod is killed",
  lost: "lost of a flow whose pod is killed",
  silence: "silence of a flow whose pod is killed",
};

export const trial = trialOf({
  scenario: udp,
  documented: found(calm),
  otherwise: {
    "a request is lost": {
      measured: found([...each.slice(1), lost("each", 0), ...flow(6000)]),
      different: [title.answered],
    },
    "pods see the client's address": { measured: found(calm, "the client's"), different: [title.seen] },
    "the flow stays with the pod that is gone": {
      measured: found([...each, ...flow(Infinity)]),
      different: [title.moves, title.lost, title.silence],
    },
    "it moves later than rules are written": {
      measured: found([...each, ...flow(10_100)]),
      different: [title.lost, title.silence],
    },
    "it goes to and fro": {
      measured: found([...each, ...flow(6000), answered("flow", 20_000, "pod-3")]),
      different: [title.moves],
    },
    "its pod never went": {
      measured: found([...each, ...flow(5000, "pod-1")]),
      different: [title.moves, title.silence],
    },
    "somebody else's pod goes on with it": {
      measured: found([...each, ...flow(6000, "stranger")]),
      different: [title.lost],
    },
    "nothing was sent but each by itself": {
      measured: found(each),
      different: [],
      unreachable: [title.moves, title.lost, title.silence],
    },
    "nothing was sent but the flow": {
      measured: found(flow(6000)),
      different: [],
      unreachable: [title.answered],
    },
  },
  nothing: unmeasured,
  simulated: {
    [title.answered]: [100, 100],
    [title.seen]: ["a node's", "a node's"],
    [title.moves]: [1, 1],
  },
  wrongWorlds: {
    "nodes learn late that a pod is gone": {
      physics: { endpoints: 8 },
      different: [title.lost, title.silence],
    },
  },
});

const replaced = (what: string): string => what.replace("killed", "replaced");

export const replacedTrial = trialOf({
  scenario: udpReplaced,
  documented: found(calm),
  otherwise: {
    "the flow stays with the pod that is gone": {
      measured: found([...each, ...flow(Infinity)]),
      different: [title.moves, title.lost, title.silence].map(replaced),
    },
    "nothing was sent but each by itself": {
      measured: found(each),
      different: [],
      unreachable: [title.moves, title.lost, title.silence].map(replaced),
    },
  },
  nothing: unmeasured,
  simulated: { [replaced(title.moves)]: [1, 1] },
  wrongWorlds: {
    "nodes learn late that a pod is gone": {
      physics: { endpoints: 8 },
      different: [title.lost, title.silence].map(replaced),
    },
  },
});
