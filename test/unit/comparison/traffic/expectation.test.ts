import assert from "node:assert/strict";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { expectationOf } from "../../../../comparison/traffic/expectation.ts";
import { cluster, facts } from "../difference/facts.ts";

const client = "198.51.100.10";
const silent = { kind: "unreachable", reason: "no answer within 10 s" } as const;

describe("what to expect of the requests to a Service", () => {
  it("is its ready pods on their nodes, its policy, the client's address and the nodes'", () => {
    assert.deepEqual(
      expectationOf(facts.left, facts.cluster, client),
      known({
        nodeOfPod: new Map([
          ["nodeport-pod-a", "node-a"],
          ["nodeport-pod-b", "node-b"],
          ["nodeport-pod-c", "node-c"],
        ]),
        externalTrafficPolicy: "Cluster",
        clientAddress: client,
        nodeAddresses: ["10.0.0.10", "10.0.16.10", "10.0.32.10"],
      }),
    );
  });

  it("leaves out a pod that is not ready", () => {
    const [first, ...others] = factsIn(facts.left.endpoints) ?? [];
    assert.ok(first !== undefined);
    const endpoints = known([{ ...first, ready: false }, ...others]);
    const expected = factsIn(expectationOf({ ...facts.left, endpoints }, known(cluster), client));
    assert.deepEqual([...(expected?.nodeOfPod.keys() ?? [])], ["nodeport-pod-b", "nodeport-pod-c"]);
  });

  it("is as unknown as the first of its sources that does not answer", () => {
    for (const part of ["service", "endpoints"] as const)
      assert.deepEqual(expectationOf({ ...facts.left, [part]: silent }, facts.cluster, client), silent);
    assert.deepEqual(expectationOf(facts.left, silent, client), silent);
  });
});
