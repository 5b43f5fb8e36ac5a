import type {
  FirstRequest,
  Measured,
  MeasuredOfController,
} from "../../../../../comparison/scenarios/nodeAdded/conclude.ts";
import { nodeAdded, nodeRegistered } from "../../../../../comparison/scenarios/nodeAdded/scenario.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { loaded, trialOf, unmeasured } from "../trial.ts";

const byItself: FirstRequest = { byItself: true, firstRequestSeconds: 11 };
const sooner: FirstRequest = { byItself: true, firstRequestSeconds: 6 };
const updated: FirstRequest = { byItself: false, firstRequestSeconds: 39 };
const never: FirstRequest = { byItself: false, firstRequestSeconds: Number.NaN };

const calm = [answered("nodes", 0), answered("group", 0)];

const side = (nodes: FirstRequest, group: FirstRequest, samples: readonly Sample[] = calm) =>
  loaded({ nodes, group }, samples);

const found = (
  left: ReturnType<typeof side>,
  right: ReturnType<typeof side> = side(byItself, byItself),
): Measured => ({ left, right });

const attached = (what: string): string => `with the Auto Scaling group attached: ${what}`;
const title = {
  byItself: "takes requests before anybody does anything",
  first: "from Ready to its first request",
  lost: "lost meanwhile",
};

export const trial = trialOf({
  scenario: nodeAdded,
  documented: found(side(updated, sooner)),
  otherwise: {
    "it comes by itself by hand: then nobody waited for the update": {
      measured: found(side(byItself, sooner)),
      different: [title.byItself, title.first],
    },
    "it does not come by itself where its group is attached": {
      measured: found(side(updated, never)),
      different: [attached(title.byItself), attached(title.first)],
    },
    "it does not come by itself with the controller": {
      measured: found(side(updated, sooner), side(never, byItself)),
      different: [title.byItself, title.first],
    },
    "it takes something away from others, whichever way it comes": {
      measured: found(side(updated, sooner, [...calm, lost("nodes", 1000), lost("group", 1000)])),
      different: [title.lost, attached(title.lost)],
    },
    "nothing was sent": {
      measured: found(side(updated, sooner, [])),
      different: [],
      unreachable: [title.lost, attached(title.lost)],
    },
  },
  nothing: unmeasured,
  simulated: {
    [title.byItself]: [false, true],
    [attached(title.byItself)]: [true, true],
    [title.lost]: [0, 0],
    [attached(title.lost)]: [0, 0],
  },
  wrongWorlds: {
    "members are registered too late": {
      physics: { registration: 700 },
      different: [title.byItself, title.first, attached(title.byItself), attached(title.first)],
    },
  },
});

const registered = (
  left: FirstRequest,
  right: FirstRequest = byItself,
  samples: readonly Sample[] = [answered("controller", 0)],
): MeasuredOfController => ({
  left: loaded({ controller: left }, samples),
  right: loaded({ controller: right }, [answered("controller", 0)]),
});

export const registeredTrial = trialOf({
  scenario: nodeRegistered,
  documented: registered(byItself),
  otherwise: {
    "the controller does not register it for the program": {
      measured: registered(never),
      different: [title.byItself, title.first],
    },
    "it comes only with an update": {
      measured: registered(updated),
      different: [title.byItself, title.first],
    },
    "it takes something away from others": {
      measured: registered(byItself, byItself, [answered("controller", 0), lost("controller", 1000)]),
      different: [title.lost],
    },
    "nothing was sent": {
      measured: registered(byItself, byItself, []),
      different: [],
      unreachable: [title.lost],
    },
  },
  nothing: unmeasured,
  simulated: { [title.byItself]: [true, true], [title.lost]: [0, 0] },
  wrongWorlds: {
    "members are registered too late": {
      physics: { registration: 700 },
      different: [title.byItself, title.first],
    },
  },
});
