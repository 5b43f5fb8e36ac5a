import assert from "node:assert/strict";
import type { Member } from "../../../../../comparison/clouds/operations.ts";
import type { ClusterNode } from "../../../../../comparison/scenarios/testbed/cluster.ts";
import type { Testbed } from "../../../../../comparison/scenarios/testbed/testbed.ts";
import { fakeTarget, fakeTestbed } from "../fakeTestbed.ts";
import {
  allHealthy,
  healthProblems,
  isTestbedHealthy,
} from "../../../../../comparison/scenarios/testbed/health.ts";

type Seen = Pick<Member, "machine" | "state" | "reason">;

const nodes = [{ machine: "i-1" }, { machine: "i-2" }];
const target = (machine: string, state: Member["state"] = "healthy", reason = ""): Seen => ({
  machine,
  state,
  reason,
});

describe("the problems among a load balancer's targets", () => {
  it("are none when every node is a healthy target", () => {
    assert.deepEqual(healthProblems(nodes, [target("i-1"), target("i-2")]), []);
  });

  it("are each that is not healthy, with its reason, and each node that is no target", () => {
    assert.deepEqual(healthProblems(nodes, [target("i-1", "unhealthy", "Target.FailedHealthChecks")]), [
      "i-1 unhealthy (Target.FailedHealthChecks)",
      "i-2 no target",
    ]);
  });

  it("are other machines that are not healthy, unless they are draining", () => {
    const others = [target("i-8", "draining", "Target.DeregistrationInProgress"), target("i-9", "initial")];
    assert.deepEqual(healthProblems(nodes, [target("i-1"), target("i-2"), ...others]), ["i-9 initial"]);
  });

  it("are nodes that are draining: they are no targets for long", () => {
    assert.deepEqual(healthProblems(nodes, [target("i-1"), target("i-2", "draining")]), ["i-2 no target"]);
  });
});

/** Whatever is asked of it has these targets, all variants the same. */
function testbedWith(targets: () => Promise<Seen[]>, timeScale = 20): Testbed {
  const both = { left: balancer, right: balancer };
  return fakeTestbed({
    timeScale,
    targets: () => both,
    cluster: { nodes: () => Promise.resolve(nodes as ClusterNode[]) },
    cloud: { members: async () => (await targets()) as Member[] },
  });
}

const balancer = { ...fakeTarget("NodePort + own NLB"), namespace: "verify", service: "plain" };

describe("waiting for healthy load balancers", () => {
  it("ends in an error that says which one is not, and what was seen last", async () => {
    const testbed = testbedWith(() => Promise.resolve([target("i-1", "initial")]));
    await assert.rejects(allHealthy(testbed, [balancer]), {
      message:
        "NodePort + own NLB, verify/plain: every node a healthy target: not within 75 s: i-1 initial, i-2 no target",
    });
  });

  it("ends when all are", async () => {
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

  it("is not if a node is no target, or if a load balancer does not exist", async () => {
    assert.equal(await isTestbedHealthy(testbedWith(() => Promise.resolve([target("i-1")]))), false);
    assert.equal(
      await isTestbedHealthy(testbedWith(() => Promise.reject(new Error("no load balancer")))),
      false,
    );
  });
});
