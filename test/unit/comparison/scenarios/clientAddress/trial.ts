import { rows } from "../../../../../comparison/scenarios/clientAddress/conclude.ts";
import type { Measured, Row } from "../../../../../comparison/scenarios/clientAddress/conclude.ts";
import type { Seen } from "../../../../../comparison/scenarios/traffic/addressOwner.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { clientAddress } from "../../../../../comparison/scenarios/clientAddress/scenario.ts";
import { both, trialOf, unmeasured } from "../trial.ts";

const usual: Readonly<Record<Row, Seen>> = {
  plain: "a node's",
  masqueraded: "a node's",
  local: "the client's",
  localMasqueraded: "the load balancer's",
};
const found = (seen: (row: Row) => string, answered = 100): Measured => ({
  seen: Object.fromEntries(
    rows.map((row) => [row, { left: measured(usual[row]), right: measured(seen(row)) }]),
  ),
  answered: { left: measured(100), right: measured(answered) },
});
const silent = (rowsOf: Measured["seen"]["plain"]): Measured["seen"] =>
  Object.fromEntries(rows.map((row) => [row, rowsOf]));

const cluster = ["Cluster, address kept: pods see", "Cluster, not kept: pods see"];
const local = ["Local, address kept: pods see", "Local, not kept: pods see"];

export const trial = trialOf({
  scenario: clientAddress,
  documented: found((row) => usual[row]),
  otherwise: {
    "a node keeps the source in spite of the policy Cluster": {
      measured: found((row) => (row === "plain" ? "the client's" : usual[row])),
      different: [cluster[0]!],
    },
    "a node puts its own address in its place in spite of the policy Local": {
      measured: found(() => "a node's"),
      different: local,
    },
    "the load balancer does not do what it is told with the client's address": {
      measured: found((row) => {
        if (row === "local") return usual.localMasqueraded;
        return row === "localMasqueraded" ? usual.local : usual[row];
      }),
      different: local,
    },
    "some pods see another's": {
      measured: found((row) => `${usual[row]} and nobody's known`),
      different: [cluster[0]!, cluster[1]!, ...local],
    },
    "one request is lost": {
      measured: found((row) => usual[row], 99.2),
      different: ["answered, by all of these"],
    },
    "nobody answered, on either side": {
      measured: { seen: silent(both(measured("none"))), answered: both(measured(0)) },
      different: [...cluster, ...local, "answered, by all of these"],
    },
  },
  nothing: { seen: silent(unmeasured), answered: unmeasured },
  simulated: {
    "Cluster, address kept: pods see": ["a node's", "a node's"],
    "Local, address kept: pods see": ["the client's", "the client's"],
    "Local, not kept: pods see": ["the load balancer's", "the load balancer's"],
    "answered, by all of these": [100, 100],
  },
});
