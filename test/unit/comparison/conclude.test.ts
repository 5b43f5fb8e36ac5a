import assert from "node:assert/strict";
import { conclude } from "../../../comparison/conclude.ts";
import type { Findings } from "../../../comparison/conclude.ts";
import { known } from "../../../comparison/model/sourceResult.ts";
import { nothingAsked } from "../../../comparison/probes/probes.ts";
import type { Comparison, TrafficReport } from "../../../comparison/result/comparison.ts";
import { facts } from "./difference/facts.ts";

const report = (side: string): TrafficReport => ({
  side,
  sent: 200,
  answered: 200,
  byPod: {},
  byNode: {},
  clientAddresses: [],
  shortcomings: [],
});
const reports = [report("NodePort + own NLB"), report("LoadBalancer")] as const;
const left = known(reports[0]);
const right = known(reports[1]);

function concluded(traffic: Findings["traffic"]): Comparison {
  const made = new Date("2026-11-24T12:00:00Z");
  return conclude({ facts, probes: nothingAsked("a test"), traffic, limits: ["The lab is no cloud."], made });
}

const ofRequests = ({ sources }: Comparison): Comparison["sources"] =>
  sources.filter(({ source }) => source === "requests");

describe("the conclusion of a run", () => {
  it("is equivalent with the requests of both sides, and says when it was made and what it cannot show", () => {
    const comparison = concluded({ left, right });
    assert.equal(comparison.verdict.kind, "equivalent");
    assert.deepEqual(comparison.traffic, reports);
    assert.deepEqual(ofRequests(comparison), []);
    assert.equal(comparison.made, "2026-11-24T12:00:00.000Z");
    assert.equal(comparison.limits.at(-1), "The lab is no cloud.");
  });

  it("is incomplete if one side's client could not send, and keeps all else that is known", () => {
    const reason = "the client could not send: no such namespace";
    const comparison = concluded({ left, right: { kind: "unreachable", reason } });
    assert.deepEqual(comparison.verdict, {
      kind: "incomplete",
      sentence: "Incomplete: 1 source gave no complete answer.",
      reasons: [`requests: ${reason}`],
      causes: [{ reason: `requests: ${reason}`, rank: 0, values: [] }],
    });
    assert.deepEqual(ofRequests(comparison), [
      { source: "requests", side: "right", outcome: "unreachable", reason },
    ]);
    assert.deepEqual(comparison.traffic, [reports[0]]);
    assert.equal(comparison.counts.unexplained, 0);
    assert.ok(comparison.counts.same > 0);
  });

  it("gives one reason if neither side had an answer of a source, for the same reason", () => {
    const none = { kind: "unreachable", reason: "the client could not send: no such namespace" } as const;
    const other = { kind: "unreachable", reason: "the client could not send: no such program" } as const;
    const alike = concluded({ left: none, right: none });
    assert.equal(alike.verdict.sentence, "Incomplete: 1 source gave no complete answer.");
    assert.deepEqual(alike.verdict.reasons, [`requests: ${none.reason}`]);
    assert.equal(ofRequests(alike).length, 2);
    assert.deepEqual(concluded({ left: none, right: other }).verdict.reasons, [
      `requests: ${none.reason}`,
      `requests: ${other.reason}`,
    ]);
  });

  it("can be equivalent where no requests are sent, as of two Services by name", () => {
    const none = { kind: "unavailable", reason: "nothing is asked of them" } as const;
    const comparison = concluded({ left: none, right: none });
    assert.equal(comparison.verdict.kind, "equivalent");
    assert.deepEqual(comparison.traffic, []);
    assert.deepEqual(ofRequests(comparison), []);
  });
});
