import assert from "node:assert/strict";
import type { AwsExposure } from "../../../../../../comparison/clouds/aws/model.ts";
import type { RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import type { NodePort } from "../../../../../../comparison/model/later.ts";
import type { Predict } from "../../../plan/planned.ts";
import { facts, planned } from "../../../plan/planned.ts";

type Short = readonly [name: string, ipProtocol: string, fromPort: NodePort, source: string];

function predicted(name: string, ipProtocol: string, fromPort: NodePort, source: string): RuleFacts {
  return {
    identity: { name, id: name },
    owner: "cloud controller",
    securityGroup: "sg-nodes",
    ipProtocol,
    fromPort,
    toPort: ipProtocol === "icmp" ? 4 : fromPort,
    source,
  };
}

/** A controller that makes these rules, and a load balancer that is not looked at. */
function making(...nodes: RuleFacts[]): Predict {
  return () => ({ kind: "made", loadBalancer: {} as never, firewall: { nodes, loadBalancer: [] } });
}

function nodeRules({ firewall }: AwsExposure): Short[] {
  return facts(firewall)
    .nodes.map(({ identity, ipProtocol, fromPort, source }): Short => [
      identity.name,
      ipProtocol,
      fromPort,
      source,
    ])
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

const clients = predicted("controller's clients", "tcp", later, "0.0.0.0/0");
const mtu = predicted("controller's mtu", "icmp", 3, "0.0.0.0/0");
const declaredMtu: Short = ["nodeport: path MTU discovery for load balancers", "icmp", 3, "0.0.0.0/0"];

describe("a planned firewall", () => {
  it("has the declared rules, with the node port that Kubernetes will allocate", async () => {
    const { left } = await planned({ predict: making() });
    assert.deepEqual(nodeRules(left), [
      ["nodeport: clients of http", "tcp", later, "0.0.0.0/0"],
      declaredMtu,
    ]);
    const { nodes, loadBalancer } = facts(left.firewall);
    assert.ok(nodes.every(({ owner, securityGroup }) => owner === "program" && securityGroup === "sg-nodes"));
    assert.deepEqual(loadBalancer, []);
  });

  it("has a rule that all load balancers share once: the declared one, which the controller will find", async () => {
    const { left, right } = await planned({ predict: making(clients, mtu) });
    assert.deepEqual(nodeRules(right), [["controller's clients", "tcp", later, "0.0.0.0/0"], declaredMtu]);
    const shared = (side: AwsExposure) =>
      facts(side.firewall).nodes.find(({ ipProtocol }) => ipProtocol === "icmp");
    assert.equal(shared(right), shared(left));
    assert.equal(shared(right)?.owner, "program");
  });

  it("has the controller's own shared rule where the program leaves it to others", async () => {
    const config = { sharedNodeRules: "false" };
    const { left, right } = await planned({ config, predict: making(clients, mtu) });
    assert.deepEqual(nodeRules(left), [
      ["controller's mtu", "icmp", 3, "0.0.0.0/0"],
      ["nodeport: clients of http", "tcp", later, "0.0.0.0/0"],
    ]);
    assert.deepEqual(nodeRules(right), [
      ["controller's clients", "tcp", later, "0.0.0.0/0"],
      ["controller's mtu", "icmp", 3, "0.0.0.0/0"],
    ]);
  });

  it("keeps each exposure's fixed node ports to itself", async () => {
    const { left, right } = await planned({
      config: { ports: '[{"name":"http","port":80,"nodePorts":{"nodePort":30080,"loadBalancer":30081}}]' },
      predict: making(predicted("controller's clients", "tcp", 30081, "0.0.0.0/0"), mtu),
    });
    assert.deepEqual(nodeRules(left), [
      ["nodeport: clients of http", "tcp", 30080, "0.0.0.0/0"],
      declaredMtu,
    ]);
    assert.deepEqual(nodeRules(right), [["controller's clients", "tcp", 30081, "0.0.0.0/0"], declaredMtu]);
  });

  it("has a rule for each port and each range of clients, and for health checks that these leave out", async () => {
    const { left } = await planned({
      config: {
        ports: '[{"name":"http","port":80,"nodePorts":{"nodePort":30080}},{"name":"alt","port":8080}]',
        loadBalancerSourceRanges: '["203.0.113.0/24","10.0.0.0/20"]',
        subnetIds: '["subnet-1","subnet-2"]',
      },
      predict: making(),
    });
    assert.deepEqual(nodeRules(left), [
      ["nodeport: clients of alt", "tcp", later, "10.0.0.0/20"],
      ["nodeport: clients of alt", "tcp", later, "203.0.113.0/24"],
      ["nodeport: clients of http", "tcp", 30080, "10.0.0.0/20"],
      ["nodeport: clients of http", "tcp", 30080, "203.0.113.0/24"],
      ["nodeport: health checks of alt", "tcp", later, "10.0.16.0/20"],
      ["nodeport: health checks of http", "tcp", 30080, "10.0.16.0/20"],
      ["nodeport: path MTU discovery for load balancers", "icmp", 3, "10.0.0.0/20"],
      ["nodeport: path MTU discovery for load balancers", "icmp", 3, "203.0.113.0/24"],
    ]);
  });

  it("shares a health check's fixed port", async () => {
    const check = predicted("controller's health", "tcp", 10256, "10.0.0.0/20");
    const { right } = await planned({
      config: {
        ports: '[{"name":"echo","port":7,"protocol":"UDP"}]',
        healthCheck: '{"protocol":"HTTP","port":10256,"path":"/healthz"}',
      },
      predict: making(check),
    });
    const health: Short[] = ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"].map((cidr) => [
      "nodeport: health checks of load balancers",
      "tcp",
      10256,
      cidr,
    ]);
    assert.deepEqual(nodeRules(right), [...health, declaredMtu]);
  });

  it("opens the security group that the configuration names", async () => {
    const { left } = await planned({ config: { nodeSecurityGroupId: "sg-1" }, predict: making() });
    assert.deepEqual(
      facts(left.firewall).nodes.map(({ securityGroup }) => securityGroup),
      ["sg-1", "sg-1"],
    );
  });
});
