import assert from "node:assert/strict";
import type { Pod } from "../../../../../comparison/scenarios/testbed/cluster.ts";
import { podProblems } from "../../../../../comparison/scenarios/testbed/podHealth.ts";

const pod = (name: string, more: Partial<Pod> = {}): Pod => ({
  name,
  node: "node-a",
  address: `${name}'s address`,
  ready: true,
  terminating: false,
  restarts: 0,
  preStopSeconds: 25,
  ...more,
});
const member = (name: string, state: "initial" | "healthy" | "draining" = "healthy") => ({
  machine: `${name}'s address`,
  state,
});

describe("pods that are members of a load balancer themselves", () => {
  it("are all there if each that serves is a healthy member", () => {
    assert.deepEqual(podProblems([pod("a"), pod("b")], [member("a"), member("b")]), []);
  });

  it("lack one that is not registered, or not healthy yet", () => {
    assert.deepEqual(podProblems([pod("a"), pod("b")], [member("a", "initial")]), [
      "a initial",
      "b no target",
    ]);
  });

  it("do not lack one that ends or is not ready, which may be draining", () => {
    const pods = [pod("a"), pod("b", { terminating: true }), pod("c", { ready: false })];
    assert.deepEqual(podProblems(pods, [member("a"), member("b", "draining")]), []);
  });

  it("are not all that is there while a former pod, or a node, is still a member", () => {
    assert.deepEqual(podProblems([pod("a")], [member("a"), member("b")]), [
      "b's address is no pod that serves",
    ]);
  });

  it("are not there if no pod serves", () => {
    assert.deepEqual(podProblems([pod("a", { terminating: true })], []), ["no pod serves"]);
  });
});
