import assert from "node:assert/strict";
import { paintFor, sideBySideTable, trafficTable, verdictOf } from "../../../cli/report.ts";
import type { Traffic } from "../../../cli/verify.ts";
import type { Row } from "../../../comparison/loadBalancer/sideBySide.ts";

const sides = ["NodePort + own NLB", "LoadBalancer"] as const;
const rows: Row[] = [
  {
    section: "load balancer",
    aspect: "scheme",
    left: "internet-facing",
    right: "internet-facing",
    likeness: "same",
  },
  { section: "listener TCP 80", aspect: "node port", left: "30080", right: "31234", likeness: "own" },
];
const different: Row = {
  section: "load balancer",
  aspect: "type",
  left: "network",
  right: "application",
  likeness: "different",
};

const traffic = (changes: Partial<Traffic> = {}): Traffic => ({
  summary: {
    sent: 200,
    answered: 200,
    failures: new Map(),
    pods: new Map([["echo-5d4f-abcde", 200]]),
    nodes: new Map([["node-a", 200]]),
    clientAddresses: ["10.0.0.10"],
  },
  shortcomings: [],
  ...changes,
});

describe("the verdict", () => {
  it("is well if all was answered and nothing differs but what is each one's own", () => {
    const verdict = verdictOf(rows, [traffic(), traffic()], sides);
    assert.equal(verdict.well, true);
    assert.equal(
      verdict.line,
      "Alike: 200 of 200 and 200 of 200 requests answered, 1 aspect of the load balancers the same, and node port of each one's own.",
    );
  });

  it("is not well if an aspect differs, and says which", () => {
    const verdict = verdictOf([...rows, different], [traffic(), traffic()], sides);
    assert.equal(verdict.well, false);
    assert.deepEqual(verdict.reasons, ["load balancer, type: network on one side, application on the other"]);
  });

  it("is not well if one side's requests fell short, and says whose", () => {
    const verdict = verdictOf(
      rows,
      [traffic(), traffic({ shortcomings: ["1 of 200 requests failed: refused"] })],
      sides,
    );
    assert.equal(verdict.well, false);
    assert.deepEqual(verdict.reasons, ["LoadBalancer: 1 of 200 requests failed: refused"]);
  });
});

describe("the report", () => {
  const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));

  it("fits on 80 columns, long names too", () => {
    const long: Row = {
      section: "load balancer",
      aspect: "DNS name",
      left: "n".repeat(70),
      right: "m".repeat(70),
      likeness: "own",
    };
    assert(widest(sideBySideTable([...rows, long], sides, paintFor(false))) <= 80);
    assert(widest(trafficTable([traffic(), traffic()], sides)) <= 80);
  });

  it("marks a difference without colour, too", () => {
    assert.match(sideBySideTable([different], sides, paintFor(false)), /type \(!\)/);
  });

  it("has colour on a terminal, and none elsewhere or with NO_COLOR", () => {
    assert.equal(paintFor(true, {})("red", "x"), "\u001b[31mx\u001b[39m");
    assert.equal(paintFor(false, {})("red", "x"), "x");
    assert.equal(paintFor(true, { NO_COLOR: "1" })("red", "x"), "x");
  });
});
