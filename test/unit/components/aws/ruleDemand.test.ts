import assert from "node:assert/strict";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { rulesTogether } from "../../../../components/aws/ruleDemand.ts";
import { LoadBalancerExposure, NodePortExposure, SharedNodeRules } from "../../../../components/index.ts";
import { declare, network } from "../core/declaring.ts";

const args = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80 }],
  loadBalancerSourceRanges: ["0.0.0.0/0"],
};

const subnets = network.subnets.length;

for (const preview of [true, false]) {
  describe(`the rules of both kinds that a program needs (${preview ? "preview" : "update"})`, () => {
    const together = async (program: () => Provider | undefined) =>
      (await declare(() => rulesTogether(program()), { preview })).result;

    it("are added up, but the rule for path MTU discovery that both share", async () => {
      const found = await together(() => {
        new NodePortExposure("own", { ...args, network });
        new LoadBalancerExposure("web", args);
        new LoadBalancerExposure("office", { ...args, loadBalancerSourceRanges: ["203.0.113.0/24"] });
        return undefined;
      });
      // Own: clients and path MTU discovery. Of the controller: one for each Service's clients, the office's path MTU discovery, and
      // the office's health checks from each subnet.
      assert.deepEqual(found, [{ securityGroupId: "sg-1", declared: 2, added: 3 + subnets }]);
    });

    it("have the rule for path MTU discovery once, wherever it is declared", async () => {
      const found = await together(() => {
        new SharedNodeRules("own", { ...args, network });
        new NodePortExposure("own", { ...args, network, sharedNodeRules: false });
        new LoadBalancerExposure("web", args);
        return undefined;
      });
      assert.deepEqual(found, [{ securityGroupId: "sg-1", declared: 2, added: 1 }]);
    });

    it("do not have that of the controller's if the program's rules are for pods alone", async () => {
      const pods = { targetType: "ip", targetGroupBinding: true } as const;
      const found = await together(() => {
        new NodePortExposure("own", { ...args, ...pods, network, sharedNodeRules: false });
        new LoadBalancerExposure("web", args);
        return undefined;
      });
      assert.equal(found[0]?.added, 2);
    });

    it("have those for health checks, wherever they go", async () => {
      const added = async (more: object) =>
        (
          await together(() => {
            new NodePortExposure("own", { ...args, network });
            new LoadBalancerExposure("web", { ...args, ...more });
            return undefined;
          })
        )[0]?.added;
      const offices = ["203.0.113.0/24", "198.51.100.0/24"];
      const ports = [...args.ports, { name: "alt", port: 8080 }];
      const clients = { loadBalancerSourceRanges: offices, ports };
      const ofClients = offices.length * ports.length + offices.length;
      const kubeProxy = { protocol: "HTTP", port: 10256, path: "/healthz" };
      assert.equal(await added(clients), ofClients + ports.length * subnets);
      assert.equal(await added({ ...clients, healthCheck: kubeProxy }), ofClients);
      assert.equal(await added({ ...clients, externalTrafficPolicy: "Local" }), ofClients + subnets);
    });

    it("are those of one cluster", async () => {
      const found = await together(() => {
        new NodePortExposure("own", { ...args, network });
        const elsewhere = new Provider("elsewhere");
        new LoadBalancerExposure("web", args, { provider: elsewhere });
        return elsewhere;
      });
      assert.deepEqual(found, []);
    });

    it("are noted by the exposure that exceeds the quota, whichever is the last", async () => {
      const quotas = { rulesPerSecurityGroup: 2 };
      const own = () => new NodePortExposure("own", { ...args, network, quotas });
      const web = () => new LoadBalancerExposure("web", { ...args, quotas });
      for (const order of [
        [own, web],
        [web, own],
      ])
        assert.deepEqual(
          (await declare(() => order.map((declared) => declared()), { preview })).warnings.map(
            (warning) => /, (\d+) together/.exec(warning)?.[1],
          ),
          ["3"],
        );
    });
  });
}
