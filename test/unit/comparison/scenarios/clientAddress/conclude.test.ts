import {
  answeredFinding,
  rows,
  seenFinding,
} from "../../../../../comparison/scenarios/clientAddress/conclude.ts";
import type { Row } from "../../../../../comparison/scenarios/clientAddress/conclude.ts";
import type { Seen } from "../../../../../comparison/scenarios/traffic/addressOwner.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { both, concludes } from "../concludes.ts";

const usual: Readonly<Record<Row, Seen>> = {
  plain: "a node's",
  masqueraded: "a node's",
  local: "the client's",
  localMasqueraded: "the load balancer's",
};
const found = (seen: (row: Row) => string, answered = 100) => [
  ...rows.map((row) => seenFinding(row, { left: measured(usual[row]), right: measured(seen(row)) })),
  answeredFinding({ left: measured(100), right: measured(answered) }),
];

const cluster = ["Cluster, address kept: pods see", "Cluster, not kept: pods see"];
const local = ["Local, address kept: pods see", "Local, not kept: pods see"];

describe("whom pods take for the client", () => {
  concludes(
    found((row) => usual[row]),
    {
      "a node keeps the source in spite of the policy Cluster": {
        findings: found((row) => (row === "plain" ? "the client's" : usual[row])),
        different: [cluster[0]!],
      },
      "a node puts its own address in its place in spite of the policy Local": {
        findings: found(() => "a node's"),
        different: local,
      },
      "the load balancer does not do what it is told with the client's address": {
        findings: found((row) => {
          if (row === "local") return usual.localMasqueraded;
          return row === "localMasqueraded" ? usual.local : usual[row];
        }),
        different: local,
      },
      "some pods see another's": {
        findings: found((row) => `${usual[row]} and nobody's known`),
        different: [cluster[0]!, cluster[1]!, ...local],
      },
      "one request is lost": {
        findings: found((row) => usual[row], 99.2),
        different: ["answered, by all of these"],
      },
      "nobody answered, on either side": {
        findings: rows.map((row) => seenFinding(row, both(measured("none")))),
        different: [...cluster, ...local],
      },
    },
  );
});
