import assert from "node:assert/strict";
import {
  flowFindings,
  flowPerSecond,
  udpFindings,
} from "../../../../../comparison/scenarios/udp/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { both, concludes, every, loaded } from "../concludes.ts";
import { answered, lost } from "../samples.ts";

const seen = "a node's";
const each = every(100, 0, 3000).map((at) => answered("each", at, "pod-2"));
/** A flow that its first pod answers until 5 s, and another one from then on that this says. */
const flow = (from: number, then = "pod-2"): Sample[] =>
  every(1000 / flowPerSecond, 0, 20_000).map((at) => {
    if (at < 5000) return answered("flow", at, "pod-1");
    return at < from ? lost("flow", at) : answered("flow", at, then);
  });
const calm = [...each, ...flow(6000)];

const usual = loaded({ seen }, calm);
const found = (samples: readonly Sample[], whom = seen) =>
  udpFindings({ left: usual, right: loaded({ seen: whom }, samples) });

const title = {
  answered: "answered by DNS name",
  seen: "Cluster, address kept: pods see",
  moves: "moves of a flow whose pod is killed",
  lost: "lost of a flow whose pod is killed",
  silence: "silence of a flow whose pod is killed",
};

describe("UDP, and a flow whose pod goes", () => {
  concludes(found(calm), {
    "a request is lost": {
      findings: found([...each.slice(1), lost("each", 0), ...flow(6000)]),
      different: [title.answered],
    },
    "pods see the client's address": { findings: found(calm, "the client's"), different: [title.seen] },
    "the flow stays with the pod that is gone": {
      findings: found([...each, ...flow(Infinity)]),
      different: [title.moves, title.lost, title.silence],
    },
    "it moves later than rules are written": {
      findings: found([...each, ...flow(10_100)]),
      different: [title.lost, title.silence],
    },
    "it goes to and fro": {
      findings: found([...each, ...flow(6000), answered("flow", 20_000, "pod-3")]),
      different: [title.moves],
    },
    "its pod never went": {
      findings: found([...each, ...flow(5000, "pod-1")]),
      different: [title.moves, title.silence],
    },
    "somebody else's pod goes on with it": {
      findings: found([...each, ...flow(6000, "stranger")]),
      different: [title.lost],
    },
    "nothing was sent but each by itself": {
      findings: found(each),
      different: [],
      unreachable: [title.moves, title.lost, title.silence],
    },
    "nothing was sent but the flow": {
      findings: found(flow(6000)),
      different: [],
      unreachable: [title.answered],
    },
  });

  it("say so of a pod that is replaced in order, too", () => {
    const titles = flowFindings(
      both(measured({ happened: { seen }, samples: calm, nodeOfPod: new Map() })),
      "replaced",
    );
    assert.deepEqual(
      titles.map(({ title: of }) => of),
      [title.moves, title.lost, title.silence].map((of) => of.replace("killed", "replaced")),
    );
  });
});
