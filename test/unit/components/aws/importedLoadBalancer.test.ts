import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { findLoadBalancer, NetworkLoadBalancer } from "../../../../components/index.ts";
import type { ImportedLoadBalancer, NetworkLoadBalancerArgs } from "../../../../components/index.ts";
import { declare, inputsOf, network } from "../core/declaring.ts";
import type { Calls } from "../core/declaring.ts";

const everywhere = "0.0.0.0/0";
const imported: ImportedLoadBalancer = {
  name: "a0123456789abcdef0123456789abcde",
  arn: "arn:lb",
  listeners: [
    {
      port: 80,
      arn: "arn:listener",
      targetGroup: { name: "k8s-shop-web-0123456789", arn: "arn:tg", protocol: "TCP", port: 30080 },
    },
  ],
  rules: [
    { id: "sgr-mtu", ipProtocol: "icmp", fromPort: 3, toPort: 4, cidrIpv4: everywhere },
    { id: "sgr-clients", ipProtocol: "tcp", fromPort: 30080, toPort: 30080, cidrIpv4: everywhere },
    { id: "sgr-other", ipProtocol: "tcp", fromPort: 30443, toPort: 30443, cidrIpv4: everywhere },
  ],
};
const args: NetworkLoadBalancerArgs = {
  network,
  import: imported,
  ports: [{ name: "http", port: 80, nodePort: 30080 }],
  loadBalancerSourceRanges: [everywhere],
};

/** Declares it, with the ids that Pulumi is asked to import. */
async function declared(changes: Partial<NetworkLoadBalancerArgs> = {}) {
  const ids: Record<string, string> = {};
  const { resources } = await declare(() => new NetworkLoadBalancer("web", { ...args, ...changes }), {
    preview: false,
    registered: ({ type, name, id }) => {
      if (id !== undefined && id !== "") ids[`${type.split(":").at(-1) ?? ""} ${name}`] = id;
    },
  });
  return { resources, ids };
}

describe("a load balancer that is taken over", () => {
  it("is imported with its listener, its target group and its rules; the nodes are registered as they are", async () => {
    const { ids, resources } = await declared();
    assert.deepEqual(ids, {
      "LoadBalancer web-fixed": "arn:lb",
      "TargetGroup web-80-fixed": "arn:tg",
      "Listener web-80": "arn:listener",
      [`SecurityGroupIngressRule web-icmp-3-4-${everywhere}`]: "sgr-mtu",
      [`SecurityGroupIngressRule web-tcp-30080-${everywhere}`]: "sgr-clients",
    });
    assert.equal(inputsOf(resources, "LoadBalancer", "web-fixed").name, imported.name);
    assert.equal(inputsOf(resources, "TargetGroup", "web-80-fixed").name, "k8s-shop-web-0123456789");
  });

  it("gets a new target group and new rules for another node port, and keeps its listener", async () => {
    const { ids, resources } = await declared({ ports: [{ name: "http", port: 80, nodePort: 31000 }] });
    assert.deepEqual(ids, {
      "LoadBalancer web-fixed": "arn:lb",
      "Listener web-80": "arn:listener",
      [`SecurityGroupIngressRule web-icmp-3-4-${everywhere}`]: "sgr-mtu",
    });
    assert.equal(inputsOf(resources, "TargetGroup", "web-80-fixed").name, undefined);
  });

  it("leaves the rule of all load balancers to the controller if it is told to", async () => {
    const { ids } = await declared({ sharedNodeRules: false });
    assert.ok(!Object.values(ids).includes("sgr-mtu"));
  });

  it("needs node ports as numbers, no other name and no security groups", async () => {
    const refused = (changes: Partial<NetworkLoadBalancerArgs>, message: RegExp) =>
      assert.rejects(declared(changes), { message });
    await refused(
      { ports: [{ name: "http", port: 80, nodePort: output(30080) }] },
      /ports\[0\]\.nodePort: .* needs a number: 30080, the port of its target group/,
    );
    await refused({ loadBalancerName: "shop" }, /loadBalancerName: "shop" is not the name .* omit it/);
    await refused({ securityGroups: "own" }, /securityGroups: .* omit securityGroups/);
  });
});

describe("findLoadBalancer", () => {
  const rule = (id: string, description: string, isEgress = false) => ({
    id,
    isEgress,
    description,
    ipProtocol: "tcp",
    fromPort: 30080,
    toPort: 30080,
    cidrIpv4: everywhere,
  });
  const rules = [
    rule("sgr-clients", `kubernetes.io/rule/nlb/client=${imported.name}`),
    rule("sgr-health", `kubernetes.io/rule/nlb/health=${imported.name}`),
    rule("sgr-mtu", "kubernetes.io/rule/nlb/mtu"),
    rule("sgr-of-another", "kubernetes.io/rule/nlb/client=another"),
    rule("sgr-by-hand", "clients of web"),
    rule("sgr-out", `kubernetes.io/rule/nlb/client=${imported.name}`, true),
  ];
  const calls = (balancer: object = {}): Calls => ({
    "aws:lb/getLoadBalancer:getLoadBalancer": () => ({
      arn: "arn:lb",
      loadBalancerType: "network",
      securityGroups: [],
      ...balancer,
    }),
    "aws:lb/getListener:getListener": ({ port }) => ({
      arn: `arn:listener:${String(port)}`,
      defaultActions: [{ targetGroupArn: "arn:tg" }],
    }),
    "aws:lb/getTargetGroup:getTargetGroup": ({ arn }) => ({
      arn,
      name: "k8s-tg",
      protocol: "TCP",
      port: 30080,
    }),
    "aws:vpc/getSecurityGroupRules:getSecurityGroupRules": () => ({ ids: rules.map(({ id }) => id) }),
    "aws:vpc/getSecurityGroupRule:getSecurityGroupRule": ({ securityGroupRuleId }) =>
      rules.find(({ id }) => id === securityGroupRuleId) ?? {},
  });
  const find = async (balancer?: object) =>
    (
      await declare(() => findLoadBalancer({ name: imported.name, ports: [80], network }), {
        preview: false,
        calls: calls(balancer),
      })
    ).result;

  it("finds what the controller made for this load balancer, and no rules of others", async () => {
    const { listeners, rules: found, ...named } = await find();
    assert.deepEqual(named, { name: imported.name, arn: "arn:lb" });
    assert.deepEqual(listeners, [
      {
        port: 80,
        arn: "arn:listener:80",
        targetGroup: { name: "k8s-tg", arn: "arn:tg", protocol: "TCP", port: 30080 },
      },
    ]);
    assert.deepEqual(
      found.map(({ id }) => id),
      ["sgr-clients", "sgr-health", "sgr-mtu"],
    );
  });

  it("refuses load balancers of other types, and those with security groups", async () => {
    await assert.rejects(find({ loadBalancerType: "application" }), /is of the type "application"; only/);
    await assert.rejects(
      find({ securityGroups: ["sg-9"] }),
      /has security groups \(sg-9\); only one without/,
    );
  });
});
