import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { TargetState } from "../../../../../comparison/scenarios/testbed/account.ts";
import type { Testbed, Target } from "../../../../../comparison/scenarios/testbed/testbed.ts";
import {
  allHealthy,
  healthProblems,
  isTestbedHealthy,
} from "../../../../../comparison/scenarios/testbed/health.ts";

type Seen = Pick<TargetState, "id" | "state" | "reason">;

const nodes = [{ instanceId: "i-1" }, { instanceId: "i-2" }];
const target = (id: string, state = "healthy", reason = ""): Seen => ({ id, state, reason });

describe("what is amiss among a load balancer's targets", () => {
  it("is nothing when every node is a healthy one", () => {
    assert.deepEqual(healthProblems(nodes, [target("i-1"), target("i-2")]), []);
  });

  it("is each that is not healthy, with its reason, and each node that is none", () => {
    assert.deepEqual(healthProblems(nodes, [target("i-1", "unhealthy", "Target.FailedHealthChecks")]), [
      "i-1 unhealthy (Target.FailedHealthChecks)",
      "i-2 no target",
    ]);
  });

  it("is somebody else who is not healthy either, unless it is draining", () => {
    const others = [target("i-8", "draining", "Target.DeregistrationInProgress"), target("i-9", "initial")];
    assert.deepEqual(healthProblems(nodes, [target("i-1"), target("i-2"), ...others]), ["i-9 initial"]);
  });

  it("is a node that is draining: it is no target for long", () => {
    assert.deepEqual(healthProblems(nodes, [target("i-1"), target("i-2", "draining")]), ["i-2 no target"]);
  });
});

/** Whatever is asked of it has these targets, all variants the same. */
function testbedWith(targets: () => Promise<Seen[]>, timeScale = 20): Testbed {
  const both = { left: balancer, right: balancer };
  const testbed = {
    timeScale,
    targets: () => both,
    cluster: { nodes: () => Promise.resolve(nodes) },
    account: { targets },
    signal: new AbortController().signal,
  };
  return testbed as unknown as Testbed;
}

const balancer = {
  way: "NodePort + own NLB",
  namespace: "verify",
  service: "plain",
  hostname: "x.elb",
} as Target;

describe("waiting for healthy load balancers", () => {
  it("ends in an error that says which one is not, and what was seen last", async () => {
    // A scale that leaves no time at all, so that the error comes after one look.
    const testbed = testbedWith(() => Promise.resolve([target("i-1", "initial")]), -5);
    await assert.rejects(allHealthy(testbed, [balancer]), {
      message:
        "NodePort + own NLB, verify/plain: every node a healthy target: not within 0 s: i-1 initial, i-2 no target",
    });
  });

  it("is over when all are", async () => {
    await allHealthy(
      testbedWith(() => Promise.resolve([target("i-1"), target("i-2")])),
      [balancer],
    );
  });
});

describe("a testbed that was left by an earlier run", () => {
  it("is healthy if all its load balancers are", async () => {
    assert.equal(
      await isTestbedHealthy(testbedWith(() => Promise.resolve([target("i-1"), target("i-2")]))),
      true,
    );
  });

  it("is not if a node is no target, or if a load balancer is not there", async () => {
    assert.equal(await isTestbedHealthy(testbedWith(() => Promise.resolve([target("i-1")]))), false);
    assert.equal(
      await isTestbedHealthy(testbedWith(() => Promise.reject(new Error("no load balancer")))),
      false,
    );
  });
});
