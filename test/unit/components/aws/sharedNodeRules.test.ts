import assert from "node:assert/strict";
import { NetworkLoadBalancer, NodePortExposure, SharedNodeRules } from "../../../../components/index.ts";
import type { SharedNodeRulesArgs } from "../../../../components/index.ts";
import { declare, inputsOf, namesOf, network, treeOf } from "../core/declaring.ts";

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

    it("leaves a check at a Service's own node port to that Service's load balancer", async () => {
      const checked = { ports: [{ name: "http", port: 80, nodePort: 30080 }], healthCheck: { port: 30080 } };
      const { resources } = await declareRules(checked);
      assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule"), ["web-icmp-3-4-0.0.0.0/0"]);
    });

    it("opens the pods' port once for all load balancers that lead there", async () => {
      const pods = {
        ...args,
        ports: [{ name: "http", port: 80, targetPort: 8080 }],
        targetType: "ip",
      } as const;
      const exposed = { ...pods, namespace: "shop", selector: { app: "web" }, targetGroupBinding: true };
      const sharedNodeRules = false;
      const { resources } = await declare(
        () => {
          new SharedNodeRules("web", pods);
          new NodePortExposure("web", { ...exposed, sharedNodeRules });
          const loadBalancer = new NetworkLoadBalancer("front", { network, sharedNodeRules });
          new NodePortExposure("joining", { ...exposed, loadBalancer });
          // Another port needs a rule of its own.
          const ports = [{ name: "http", port: 80, targetPort: 9090 }];
          new NodePortExposure("other", { ...exposed, ports, sharedNodeRules });
        },
        { preview },
      );
      assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule").sort(), [
        "other-tcp-9090-0.0.0.0/0",
        "web-icmp-3-4-0.0.0.0/0",
        "web-tcp-8080-0.0.0.0/0",
      ]);
      const { fromPort, toPort } = inputsOf(resources, "SecurityGroupIngressRule", "web-tcp-8080-0.0.0.0/0");
      assert.deepEqual([fromPort, toPort], [8080, 8080]);
    });

    it("has the pods' ports alone if another program's load balancer has the other rules", async () => {
      const ports = [{ name: "http", port: 80, targetPort: 8080 }];
      const { resources } = await declareRules({ ports, targetType: "ip", sharedNodeRules: false });
      assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule"), ["web-tcp-8080-0.0.0.0/0"]);
    });

    for (const [first, second] of [
      [true, false],
      [false, true],
      [false, false],
    ])
      it(`leaves the pods' port to the first load balancer that leads there (sharedNodeRules ${first}, ${second})`, async () => {
        const ports = [{ name: "http", port: 80, nodePort: 8080 }];
        const targetGroupBinding = { namespace: "shop", serviceName: "web" };
        const pods = { ...args, ports, targetType: "ip", targetGroupBinding } as const;
        const { resources } = await declare(
          () => {
            new NetworkLoadBalancer("first", { ...pods, sharedNodeRules: first ?? true });
            new NetworkLoadBalancer("second", { ...pods, sharedNodeRules: second ?? true });
            // Each lets its own group in.
            new NetworkLoadBalancer("a", { ...pods, securityGroups: "own" });
            new NetworkLoadBalancer("b", { ...pods, securityGroups: "own" });
          },
          { preview },
        );
        const opening = namesOf(resources, "SecurityGroupIngressRule").filter((name) =>
          name.includes("8080"),
        );
        assert.deepEqual(opening.sort(), [
          "a-tcp-8080-own-group",
          "b-tcp-8080-own-group",
          "first-tcp-8080-0.0.0.0/0",
        ]);
      });

    it("refuses a pods' port that is a name", async () => {
      await assert.rejects(
        declareRules({ targetType: "ip", ports: [{ name: "http", port: 80, targetPort: "web" }] }),
        /SharedNodeRules "web" cannot be declared:.*ports\[0\]\.targetPort: "web" cannot be set/s,
      );
    });

    it("refuses more rules than AWS allows, and counts for the load balancers after it", async () => {
      const quotas = { rulesPerSecurityGroup: 2 };
      const loadBalancerSourceRanges = ["203.0.113.0/24", "198.51.100.0/24"];
      await declare(
        () => {
          assert.throws(
            () =>
              new SharedNodeRules("web", {
                ...args,
                loadBalancerSourceRanges: [...loadBalancerSourceRanges, "192.0.2.0/24"],
                quotas,
              }),
            /SharedNodeRules "web" cannot be declared:.*need 3 inbound rules.*allowed are 2 /s,
          );
          new SharedNodeRules("web", { ...args, loadBalancerSourceRanges, quotas });
          assert.throws(
            () =>
              new NetworkLoadBalancer("front", {
                network,
                ports: [{ name: "http", port: 80, nodePort: 30080 }],
                loadBalancerSourceRanges: ["203.0.113.0/24"],
                healthCheck: { port: 10256 },
                sharedNodeRules: false,
                quotas,
              }),
            /"front" cannot be declared:.* need 1 inbound rules .* earlier load balancers need 2; allowed are 2 /s,
          );
        },
        { preview },
      );
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
