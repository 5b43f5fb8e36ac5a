import assert from "node:assert/strict";
import { SharedNodeRules } from "../../../../components/index.ts";
import type { SharedNodeRulesArgs } from "../../../../components/index.ts";
import { declare, inputsOf, network, treeOf } from "../core/declaring.ts";

const args: SharedNodeRulesArgs = {
  network,
  ports: [{ name: "http", port: 80 }],
  loadBalancerSourceRanges: ["0.0.0.0/0"],
};

for (const preview of [true, false]) {
  describe(`SharedNodeRules (${preview ? "preview" : "update"})`, () => {
    const declareRules = (changes: Partial<SharedNodeRulesArgs> = {}) =>
      declare(() => new SharedNodeRules("web", { ...args, ...changes }), { preview });

    it("declares path MTU discovery, and nothing for a node port", async () => {
      assert.deepEqual(treeOf((await declareRules()).resources), [
        "exposure:index:SharedNodeRules web",
        "  aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-icmp-3-4-0.0.0.0/0",
      ]);
    });

    it("opens a health check's fixed port to the load balancers' subnets", async () => {
      const { resources } = await declareRules({ healthCheck: { protocol: "HTTP", port: 10256 } });
      assert.deepEqual(inputsOf(resources, "SecurityGroupIngressRule", "web-tcp-10256-10.0.0.0/20"), {
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        cidrIpv4: "10.0.0.0/20",
        description: "web: health checks of load balancers",
        fromPort: 10256,
        toPort: 10256,
      });
    });

    it("has no rules for load balancers with a group of their own, which share none", async () => {
      const { resources } = await declareRules({ securityGroups: "own" });
      assert.deepEqual(treeOf(resources), ["exposure:index:SharedNodeRules web"]);
    });

    it("lets a given group of the load balancers in", async () => {
      const { resources } = await declareRules({
        securityGroups: ["sg-lb"],
        loadBalancerSourceRanges: [],
      });
      const rule = inputsOf(resources, "SecurityGroupIngressRule", "web-icmp-3-4-sg-lb");
      assert.equal(rule.referencedSecurityGroupId, "sg-lb");
    });
  });
}
