import type { DrainedNode, Measured } from "../../../../../comparison/scenarios/nodeDrained/conclude.ts";
import { nodeDrained } from "../../../../../comparison/scenarios/nodeDrained/scenario.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { every, loaded, trialOf, unmeasured } from "../trial.ts";

/** Drained from 0 to 30 s, switched off until 60 s. */
const times = { at: 0, excludedAt: 20_000, lostAt: 30_000, until: 60_000 };

const side = (afterExclusion: boolean, samples: readonly Sample[], afterDrain = true) =>
  loaded<DrainedNode>({ ...times, afterDrain, afterExclusion }, samples);

const calm = [answered("cluster", 1000), answered("local", 1000), answered("cluster", 31_000)];
/** By a load balancer that does not follow nodes: a while after the last pod has ended, and after the node is switched off. */
const missed = [
  ...calm,
  ...every(1, 2000, 2050).map((at) => answered("local", at)),
  lost("local", 9000),
  lost("cluster", 34_000),
];

const found = (
  left: readonly Sample[],
  right: readonly Sample[],
  { follows = true, afterDrain = true } = {},
): Measured => ({ left: side(true, left), right: side(!follows, right, afterDrain) });

const title = {
  cluster: "drained: answered, policy Cluster",
  local: "drained: answered, policy Local",
  afterDrain: "drained: still a target",
  afterExclusion: "excluded by label: still a target",
  off: "switched off: until the last new connection failed",
};

export const trial = trialOf({
  scenario: nodeDrained,
  documented: found(missed, calm),
  otherwise: {
    "the controller deregistered it, and it is missed": {
      measured: found(missed, [...calm, lost("cluster", 34_000)]),
      different: [title.off],
    },
    "the controller does not deregister it": {
      measured: found(missed, calm, { follows: false }),
      different: [title.afterExclusion],
    },
    "a cordon takes it out of service": {
      measured: found(missed, calm, { afterDrain: false }),
      different: [title.afterDrain],
    },
    "something is lost while it is drained": {
      measured: found(missed, [...calm, lost("cluster", 2000), lost("local", 2000)]),
      different: [title.cluster, title.local],
    },
    "nobody misses it: then nothing was shown": {
      measured: found(calm, calm),
      different: [title.local, title.off],
    },
    "nothing was sent": {
      measured: found(missed, []),
      different: [],
      unreachable: [title.cluster, title.local, title.off],
    },
  },
  nothing: unmeasured,
  simulated: {
    [title.cluster]: [100, 100],
    [title.afterDrain]: [true, true],
    [title.afterExclusion]: [true, false],
  },
  wrongWorlds: {
    "pods end at once when they are told to": {
      physics: { preStop: 0, gracefulEnd: false, endpoints: 3 },
      different: [title.cluster, title.local],
    },
  },
});
