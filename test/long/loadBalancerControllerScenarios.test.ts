/**
 * Scenarios where the AWS Load Balancer Controller serves the LoadBalancer Services, on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import assert from "node:assert/strict";
import { scenarios } from "../../comparison/scenarios/catalogue.ts";
import { testScenariosOn } from "./scenariosOn.ts";

describe("scenarios with the AWS Load Balancer Controller", () => {
  const results = testScenariosOn(
    {
      "nodeport-vs-loadbalancer:controller": "aws-load-balancer-controller",
      "lab:loadBalancerProxy": true,
    },
    scenarios,
  );

  it("reach only the hand-made load balancer's nodes at their node ports", () => {
    const byNode = results()
      .get("answers")
      ?.findings.find(({ title }) => title === "answered by each node's address and node port");
    assert.deepEqual([byNode?.left.text, byNode?.right.text], ["100 %", "0 %"]);
  });
});
