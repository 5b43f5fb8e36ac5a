import type { LostNode, Measured } from "../../../../../comparison/scenarios/nodeLost/conclude.ts";
import { nodeLost } from "../../../../../comparison/scenarios/nodeLost/scenario.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

const happened: LostNode = {
  at: 1000,
  detectedAt: { left: 3200, right: 3200 },
  notReadyAt: 51_000,
  until: 70_000,
  outOfDns: { left: 1, right: 1 },
};

/** Found out after 2 s by load balancers, after 50 s by Kubernetes. */
const usual = [
  lost("local", 3000),
  answered("local", 20_000),
  lost("cluster", 51_000),
  answered("cluster", 60_000),
  lost("lasting", 2000),
  answered("node", 500),
  lost("node", 5000),
  // When the node was back already.
  answered("node", 71_000),
];

const found = (samples: readonly Sample[], changes: Partial<LostNode> = {}): Measured => ({
  left: loaded(happened, usual),
  right: loaded({ ...happened, ...changes }, samples),
});

const without = (load: string): Sample[] =>
  usual.map((sample) => (sample.load === load ? answered(load, sample.at) : sample));

const title = {
  unhealthy: "Local: until the load balancers call it unhealthy",
  local: "Local: until the last new connection failed",
  cluster: "Cluster: until the last new connection failed",
  lasting: "Local: lost over connections that lived on it",
  lastingLast: "Local: until the last request over such a connection failed",
  dns: "zones whose address is not in DNS",
  before: "only that node's address: answered before",
  node: "only that node's address: answered",
};

export const trial = trialOf({
  scenario: nodeLost,
  documented: found(usual),
  otherwise: {
    "it is sent to once its checks have failed": {
      measured: found([...usual, lost("local", 20_000)]),
      different: [title.local],
    },
    "its pods are sent to after Kubernetes gave it up": {
      measured: found([...usual, lost("cluster", 69_000)]),
      different: [title.cluster],
    },
    "it is found out before two checks can have failed": {
      measured: found(usual, { detectedAt: { left: 3200, right: 1100 } }),
      different: [title.unhealthy],
    },
    "it is found out later than two checks must have failed": {
      measured: found([...usual, lost("node", 20_000)], { detectedAt: { left: 3200, right: 12_000 } }),
      different: [title.unhealthy],
    },
    "nobody misses it under policy Local": { measured: found(without("local")), different: [title.local] },
    "nobody misses it under policy Cluster": {
      measured: found(without("cluster")),
      different: [title.cluster],
    },
    "more requests are lost than can be under way": {
      measured: found([...usual, ...every(10, 1000, 1600).map((at) => lost("lasting", at))]),
      different: [title.lasting],
    },
    "connections on it are not reset": {
      measured: found([...usual, lost("lasting", 20_000)]),
      different: [title.lastingLast],
    },
    "its zone stays in DNS": {
      measured: found(usual, { outOfDns: { left: 1, right: 0 } }),
      different: [title.dns],
    },
    "another zone is out of DNS, too": {
      measured: found(usual, { outOfDns: { left: 1, right: 2 } }),
      different: [title.dns],
    },
    "it did not answer before": {
      measured: found([...usual, lost("node", 600)]),
      different: [title.before],
    },
    "it answers at its own address": {
      measured: found([...usual, answered("node", 6000)]),
      different: [title.node],
    },
    "nothing was sent over connections that last": {
      measured: found(usual.filter(({ load }) => load !== "lasting")),
      different: [],
      unreachable: [title.lasting, title.lastingLast],
    },
  },
  nothing: unmeasured,
  simulated: { [title.dns]: [1, 1], [title.before]: [100, 100], [title.node]: [0, 0] },
  wrongWorlds: {
    "more checks have to fail": {
      physics: { localThreshold: 30 },
      different: [title.unhealthy, title.local],
    },
    "Kubernetes gives a node up late": { physics: { nodeMonitor: 75 }, different: [title.cluster] },
  },
});
