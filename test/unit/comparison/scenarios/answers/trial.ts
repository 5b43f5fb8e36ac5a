import type { Measured, Shares, Shut } from "../../../../../comparison/scenarios/answers/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { answers } from "../../../../../comparison/scenarios/answers/scenario.ts";
import { both, trialOf, unmeasured } from "../trial.ts";

const all: Shares = { name: measured(100), zones: measured(100), nodes: measured(100) };
const closedShares: Shares = { name: measured(100), nodes: measured(0) };
const usual: Measured = {
  missing: both(measured(0)),
  plain: both(measured(all)),
};
const usualShut: Shut = {
  closed: both(measured(closedShares)),
  again: both(measured({ nodes: measured(100) })),
};
const found = ({ closed, again, ...changes }: Partial<Measured & Shut>): Measured => ({
  ...usual,
  ...changes,
  shut: { closed: closed ?? usualShut.closed, again: again ?? usualShut.again },
});
/** On one side only. */
const right = <T>(usually: T, otherwise: T) => ({ left: measured(usually), right: measured(otherwise) });

const opened = {
  name: "answered by DNS name",
  zones: "answered by each zone's address",
  nodes: "answered by each node's address and node port",
};
const closed = {
  nodes: "node ports closed to clients: by node's address",
  name: "node ports closed to clients: by DNS name",
};
const again = "node ports opened again: by node's address";

export const trial = trialOf({
  scenario: answers,
  documented: found({}),
  otherwise: {
    "a zone's address is not in DNS": {
      measured: found({ missing: right(0, 1) }),
      different: ["zones whose address is not in DNS"],
    },
    "more addresses than zones are": {
      measured: found({ missing: both(measured(-1)) }),
      different: ["zones whose address is not in DNS"],
    },
    "one request by name is lost": {
      measured: found({ plain: right(all, { ...all, name: measured(96.7) }) }),
      different: [opened.name],
    },
    "one zone is": {
      measured: found({ plain: right(all, { ...all, zones: measured(66.7) }) }),
      different: [opened.zones],
    },
    "nodes don't": {
      measured: found({ plain: both(measured({ ...all, nodes: measured(0) })) }),
      different: [opened.nodes],
    },
    "a node port answers though it is closed": {
      measured: found({ closed: both(measured({ ...closedShares, nodes: measured(3.3) })) }),
      different: [closed.nodes],
    },
    "the load balancer is shut out, too": {
      measured: found({ closed: right(closedShares, { ...closedShares, name: measured(0) }) }),
      different: [closed.name],
    },
    "node ports stay closed": {
      measured: found({ again: right({ nodes: measured(100) }, { nodes: measured(0) }) }),
      different: [again],
    },
    "nothing was sent": {
      measured: found({
        plain: both(
          measured({ name: measured(Number.NaN), zones: measured(Number.NaN), nodes: measured(Number.NaN) }),
        ),
        closed: both(measured({ name: measured(Number.NaN), nodes: measured(Number.NaN) })),
        again: both(measured({})),
      }),
      different: [...Object.values(opened), ...Object.values(closed), again],
    },
    "nobody asked whether closed ports answer": {
      measured: found({ closed: both(measured({ name: measured(100) })) }),
      different: [closed.nodes],
    },
    "ports could not be closed": {
      measured: found({ closed: both({ kind: "unreachable", reason: "no rule lets the client in" }) }),
      different: [],
      unreachable: Object.values(closed),
    },
  },
  nothing: { missing: unmeasured, plain: unmeasured, shut: { closed: unmeasured, again: unmeasured } },
  simulated: {
    "zones whose address is not in DNS": [0, 0],
    [opened.name]: [100, 100],
    [opened.zones]: [100, 100],
    [opened.nodes]: [100, 100],
    [closed.nodes]: [0, 0],
    [closed.name]: [100, 100],
    [again]: [100, 100],
  },
});
