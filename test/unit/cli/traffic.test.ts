import assert from "node:assert/strict";
import type { DeployedExposure } from "../../../cli/exposures.ts";
import { sendTraffic } from "../../../cli/traffic.ts";
import { known } from "../../../comparison/model/sourceResult.ts";
import type { Sample } from "../../../comparison/traffic/load.ts";
import type { Expectation } from "../../../comparison/traffic/summary.ts";

const exposure: DeployedExposure = {
  way: "LoadBalancer",
  hostname: "theirs.elb.us-west-2.amazonaws.com",
  url: "http://theirs.elb.us-west-2.amazonaws.com",
  namespace: "web",
  service: "echo",
  nodePorts: { http: 30081 },
};

const expected: Expectation = {
  nodeOfPod: new Map([["pod-a", "node-a"]]),
  externalTrafficPolicy: "Cluster",
  clientAddress: "198.51.100.10",
  nodeAddresses: ["10.0.0.10"],
};

const sample = (outcome: Sample["outcome"]): Sample => ({
  load: "requests",
  at: 0,
  milliseconds: 1,
  outcome,
});
const answered = sample({ kind: "answered", pod: "pod-a", clientAddress: "10.0.0.10" });

/** A client with these outcomes, which keeps where it sent its requests. */
function client(outcomes: () => Promise<Sample[]>): { asked: string[]; requests: typeof send } {
  const asked: string[] = [];
  const send = (url: string): Promise<Sample[]> => {
    asked.push(url);
    return outcomes();
  };
  return { asked, requests: send };
}

const nothingElse = {
  resolve4: () => assert.fail("no name was to be looked up"),
  nodePorts: () => assert.fail("no node was to be asked"),
};

describe("the requests through an exposure", () => {
  it("go to its URL, and are reported by pod and node", async () => {
    const { asked, requests } = client(() => Promise.resolve([answered, answered]));
    const report = await sendTraffic(exposure, known(expected), { ...nothingElse, requests });
    assert.deepEqual(asked, [exposure.url]);
    assert.deepEqual(
      report,
      known({
        side: "LoadBalancer",
        sent: 2,
        answered: 2,
        byPod: { "pod-a": 2 },
        byNode: { "node-a": 2 },
        clientAddresses: ["10.0.0.10"],
        shortcomings: [],
      }),
    );
  });

  it("that fail are known to have failed", async () => {
    const failed = sample({ kind: "lost", reason: "connect ECONNREFUSED" });
    const { requests } = client(() => Promise.resolve([answered, failed]));
    const report = await sendTraffic(exposure, known(expected), { ...nothingElse, requests });
    assert.equal(report.kind, "known");
    assert.deepEqual(report.facts.shortcomings, ["1 of 2 requests failed: connect ECONNREFUSED"]);
  });

  it("are not known to have been answered if the client cannot send", async () => {
    const { requests } = client(() => Promise.reject(new Error("nsenter: cannot open /proc/1/ns/net")));
    assert.deepEqual(await sendTraffic(exposure, known(expected), { ...nothingElse, requests }), {
      kind: "unreachable",
      reason: "the client could not send: nsenter: cannot open /proc/1/ns/net",
    });
  });

  it("are not sent if nobody knows what to expect of them", async () => {
    const { asked, requests } = client(() => Promise.resolve([answered]));
    const silent = { kind: "unreachable", reason: "no answer within 10 s" } as const;
    assert.deepEqual(await sendTraffic(exposure, silent, { ...nothingElse, requests }), silent);
    assert.deepEqual(asked, []);
  });
});
