import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure, AwsFacts, RuleFacts } from "../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import type { Judgement } from "../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "./facts.ts";

function judged(of: AwsFacts): Judgement {
  return judge(comparedOf(of, aws), { traffic: [], statements: [] });
}

const otherPort = 30379;

/** With a listener for another Service, its target group, and the rule for its node port. */
function shared(exposure: AwsExposure, nodePort = otherPort): AwsExposure {
  const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
  const firewall = factsIn(exposure.firewall) ?? assert.fail();
  const [listener, group, rule] = [balancer.listeners[0], balancer.pools[0], firewall.nodes[0]];
  assert.ok(listener !== undefined && group !== undefined && rule !== undefined);
  const id = "arn:targetgroup/carts";
  return {
    ...exposure,
    loadBalancer: known({
      ...balancer,
      listeners: [
        listener,
        {
          ...listener,
          identity: { name: "TCP 6379", id: "arn:listener/carts" },
          port: 6379,
          forwardsTo: [id],
        },
      ],
      pools: [
        group,
        {
          ...group,
          identity: { name: "carts", id },
          port: nodePort,
          healthCheck: { ...group.healthCheck, intervalSeconds: 10 },
          members: group.members.map((member) => ({ ...member, port: nodePort, state: "unhealthy" })),
        },
      ],
    }),
    firewall: known({
      ...firewall,
      nodes: [
        ...firewall.nodes,
        { ...rule, identity: { name: "carts", id: "sgr-carts" }, fromPort: nodePort, toPort: nodePort },
      ],
    }),
  };
}

describe("a load balancer for several Services", () => {
  it("is compared by what leads to this Service; that there are others is one explained row", () => {
    const { verdict, aspects, explanations } = judged({ ...facts, left: shared(facts.left) });
    assert.deepEqual([verdict.kind, ...verdict.reasons], ["equivalent"]);
    const row = aspects.find(({ title }) => title === "listeners of other Services");
    assert.deepEqual(row?.differences, [
      {
        path: "loadBalancer / otherListeners",
        left: "TCP 6379",
        right: null,
        explanation: "shared-load-balancer",
      },
    ]);
    assert.ok(explanations.some(({ id }) => id === "shared-load-balancer"));
  });

  it("is the same the other way round", () => {
    const turned = judged({ ...facts, left: facts.right, right: shared(facts.left) });
    assert.deepEqual(turned.verdict.reasons, []);
  });

  it("has the rules of its security group for this Service's listeners, and those for no listener", () => {
    const rule = (port: number): RuleFacts => ({
      identity: { name: `sgr-${port}`, id: `sgr-${port}` },
      owner: "program",
      securityGroup: "sg-own",
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      source: "0.0.0.0/0",
    });
    const { loadBalancer, firewall, ...others } = shared(facts.left);
    const balancer = factsIn(loadBalancer) ?? assert.fail();
    const rules = factsIn(firewall) ?? assert.fail();
    const rulesSeen = (...ports: number[]): string[] => {
      const left: AwsExposure = {
        ...others,
        loadBalancer: known({ ...balancer, securityGroups: ["sg-own"] }),
        firewall: known({ ...rules, loadBalancer: ports.map(rule) }),
      };
      const { left: own } = comparedOf({ ...facts, left }, aws);
      return (factsIn(own.firewall)?.loadBalancer ?? []).map(({ identity }) => identity.id);
    };
    assert.deepEqual(rulesSeen(80, 6379, 22), ["sgr-80", "sgr-22"]);
    assert.deepEqual(rulesSeen(6379), []);
  });

  it("keeps a second listener that leads to this Service", () => {
    const service = factsIn(facts.left.service) ?? assert.fail();
    const { verdict } = judged({ ...facts, left: shared(facts.left, Number(service.ports[0]?.nodePort)) });
    assert.equal(verdict.kind, "different");
    assert.match(verdict.reasons.join("\n"), /the left has another listener, TCP 6379/);
  });

  it("is not what a controller makes: there, a listener more is a difference", () => {
    const { verdict } = judged({ ...facts, right: shared(facts.right) });
    assert.equal(verdict.kind, "different");
    assert.match(verdict.reasons.join("\n"), /the right has another listener, TCP 6379/);
  });
});
