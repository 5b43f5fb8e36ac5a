import assert from "node:assert/strict";
import type { Sample } from "../../../../comparison/traffic/load.ts";
import { shortcomings, summarise } from "../../../../comparison/traffic/summary.ts";
import type { Expectation } from "../../../../comparison/traffic/summary.ts";

const expected: Expectation = {
  nodeOfPod: new Map([
    ["a-1", "node-a"],
    ["b-1", "node-b"],
  ]),
  externalTrafficPolicy: "Cluster",
  clientAddress: "198.51.100.10",
  nodeAddresses: ["10.0.0.10", "10.244.1.1"],
};

const sample = (outcome: Sample["outcome"]): Sample => ({
  load: "requests",
  at: 0,
  milliseconds: 1,
  outcome,
});
const answered = (pod: string, clientAddress = "10.0.0.10"): Sample =>
  sample({ kind: "answered", pod, clientAddress });
const found = (samples: readonly Sample[], changes: Partial<Expectation> = {}): string[] =>
  shortcomings(summarise(samples, expected.nodeOfPod), { ...expected, ...changes });

describe("the summary of traffic", () => {
  it("counts answers by pod and by node, and what pods saw", () => {
    const summary = summarise(
      [answered("a-1"), answered("b-1"), answered("a-1", "10.244.1.1")],
      expected.nodeOfPod,
    );
    assert.equal(summary.sent, 3);
    assert.equal(summary.answered, 3);
    assert.deepEqual(
      [...summary.pods],
      [
        ["a-1", 2],
        ["b-1", 1],
      ],
    );
    assert.deepEqual(
      [...summary.nodes],
      [
        ["node-a", 2],
        ["node-b", 1],
      ],
    );
    assert.deepEqual(summary.clientAddresses, ["10.0.0.10", "10.244.1.1"]);
  });

  it("finds nothing wrong when every pod answered and saw a node, as the policy Cluster has it", () => {
    assert.deepEqual(found([answered("a-1"), answered("b-1", "10.244.1.1")]), []);
  });

  it("finds a failed request, with its reason and how often", () => {
    const failed = sample({ kind: "lost", reason: "no answer within 5 s" });
    assert.deepEqual(found([answered("a-1"), answered("b-1"), failed, failed]), [
      "2 of 4 requests failed: no answer within 5 s",
    ]);
  });

  it("finds a pod that no request reached", () => {
    assert.deepEqual(found([answered("a-1")]), ["no request reached b-1"]);
  });

  it("finds an answer from elsewhere", () => {
    assert.deepEqual(found([answered("a-1"), answered("b-1"), answered("c-1")]), [
      "answers came from c-1, which the Service does not select",
    ]);
  });

  it("finds a client's address that the policy Cluster would have hidden", () => {
    assert.match(
      found([answered("a-1"), answered("b-1", "198.51.100.10")])[0] ?? "",
      /pods saw 198\.51\.100\.10 as the client/,
    );
  });

  it("wants the client's own address under the policy Local", () => {
    const outcomes = [answered("a-1", "198.51.100.10"), answered("b-1", "198.51.100.10")];
    assert.deepEqual(found(outcomes, { externalTrafficPolicy: "Local" }), []);
    assert.match(
      found([...outcomes, answered("a-1")], { externalTrafficPolicy: "Local" })[0] ?? "",
      /pods saw 10\.0\.0\.10 as the client, and with externalTrafficPolicy Local it should be 198\.51\.100\.10/,
    );
  });

  it("does not take silence for success", () => {
    assert.deepEqual(found([]), ["no request was sent", "no request reached a-1, b-1"]);
  });
});
