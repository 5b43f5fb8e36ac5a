import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import type { CustomResourceOptions, ResourceTransformation } from "@pulumi/pulumi";
import { NetworkLoadBalancer } from "../../../../components/index.ts";
import type { NetworkLoadBalancerArgs } from "../../../../components/index.ts";
import { declare, inputsOf, knowledgeOf, namesOf, network, treeOf } from "../core/declaring.ts";

const args: NetworkLoadBalancerArgs = {
  network,
  ports: [{ name: "http", port: 80, nodePort: 30080 }],
  loadBalancerSourceRanges: ["0.0.0.0/0"],
};

for (const preview of [true, false]) {
  describe(`NetworkLoadBalancer (${preview ? "preview" : "update"})`, () => {
    const declareLoadBalancer = (changes: Partial<NetworkLoadBalancerArgs> = {}) =>
      declare(() => new NetworkLoadBalancer("web", { ...args, ...changes }), { preview });

    it("declares a listener, a target group with each node, and the nodes' rules", async () => {
      assert.deepEqual(treeOf((await declareLoadBalancer()).resources), [
        "exposure:index:NetworkLoadBalancer web",
        "  aws:lb/listener:Listener web-80",
        "  aws:lb/loadBalancer:LoadBalancer web",
        "  aws:lb/targetGroup:TargetGroup web-80",
        "  aws:lb/targetGroupAttachment:TargetGroupAttachment web-80-i-1",
        "  aws:lb/targetGroupAttachment:TargetGroupAttachment web-80-i-2",
        "  aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-icmp-3-4-0.0.0.0/0",
        "  aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-tcp-30080-0.0.0.0/0",
      ]);
    });

    it("equals the controller's by default: internet-facing, without cross-zone load balancing or a security group", async () => {
      const { resources } = await declareLoadBalancer();
      assert.deepEqual(inputsOf(resources, "LoadBalancer", "web"), {
        loadBalancerType: "network",
        internal: false,
        subnets: ["subnet-a", "subnet-b"],
        enableCrossZoneLoadBalancing: false,
      });
    });

    it("checks the node port like the controller by default, and has an automatic target group name", async () => {
      const { resources } = await declareLoadBalancer();
      assert.deepEqual(inputsOf(resources, "TargetGroup", "web-80"), {
        targetType: "instance",
        protocol: "TCP",
        port: 30080,
        vpcId: "vpc-1",
        healthCheck: {
          protocol: "TCP",
          port: "traffic-port",
          interval: 30,
          timeout: 10,
          healthyThreshold: 3,
          unhealthyThreshold: 3,
        },
      });
    });

    it("opens the node port to clients, and admits path MTU discovery", async () => {
      const { resources } = await declareLoadBalancer();
      assert.deepEqual(inputsOf(resources, "SecurityGroupIngressRule", "web-tcp-30080-0.0.0.0/0"), {
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        fromPort: 30080,
        toPort: 30080,
        cidrIpv4: "0.0.0.0/0",
        description: "web: clients of http",
      });
      assert.deepEqual(inputsOf(resources, "SecurityGroupIngressRule", "web-icmp-3-4-0.0.0.0/0"), {
        securityGroupId: "sg-1",
        ipProtocol: "icmp",
        fromPort: 3,
        toPort: 4,
        cidrIpv4: "0.0.0.0/0",
        description: "web: path MTU discovery for load balancers",
      });
    });

    it("declares a listener after every node is a target", async () => {
      const order = (await declareLoadBalancer()).resources.map(({ type }) =>
        type.slice(type.lastIndexOf(":") + 1),
      );
      assert.ok(order.lastIndexOf("TargetGroupAttachment") < order.indexOf("Listener"), order.join(" "));
    });

    it("gets new target groups when it is replaced, because AWS ties a target group to one load balancer", async () => {
      const replacedWith = new Map<string, unknown>();
      const note: ResourceTransformation = ({ type, name, opts }) => {
        if (type === "aws:lb/targetGroup:TargetGroup") replacedWith.set(name, opts.replaceWith);
        return undefined;
      };
      const { result } = await declare(
        () => new NetworkLoadBalancer("web", args, { transformations: [note] }),
        { preview },
      );
      assert.deepEqual([...replacedWith], [["web-80", [result.loadBalancer]]]);
    });

    it("is deleted before it is replaced if it has a name or fixed addresses, and keeps its target groups", async () => {
      const fixed: readonly Partial<typeof args>[] = [
        { loadBalancerName: "edge" },
        { subnetIds: ["subnet-a"], eipAllocationIds: ["eipalloc-a"] },
        { scheme: "internal", subnetIds: ["subnet-a"], privateIpv4Addresses: ["10.0.0.9"] },
      ];
      for (const options of fixed) {
        const seen = new Map<string, unknown>();
        const note: ResourceTransformation = ({ type, name, opts }) => {
          const { deleteBeforeReplace = false, replaceWith = [] } = opts as CustomResourceOptions;
          if (/^aws:lb\/(?:loadBalancer|targetGroup):/.test(type))
            seen.set(name, { deleteBeforeReplace, replaceWith });
          return undefined;
        };
        await declare(
          () => new NetworkLoadBalancer("web", { ...args, ...options }, { transformations: [note] }),
          { preview },
        );
        assert.deepEqual(Object.fromEntries(seen), {
          "web-fixed": { deleteBeforeReplace: true, replaceWith: [] },
          "web-80-fixed": { deleteBeforeReplace: false, replaceWith: [] },
        });
      }
    });

    it("attaches the nodes' Auto Scaling groups instead of the nodes if they are named", async () => {
      const { resources } = await declareLoadBalancer({
        network: { ...network, autoscalingGroupNames: ["workers", "spot"] },
        ports: [...(args.ports ?? []), { name: "alt", port: 81, nodePort: 30081 }],
      });
      assert.deepEqual(namesOf(resources, "TargetGroupAttachment"), []);
      assert.deepEqual(namesOf(resources, "Attachment").sort(), [
        "web-80-spot",
        "web-80-workers",
        "web-81-spot",
        "web-81-workers",
      ]);
      const { autoscalingGroupName, lbTargetGroupArn } = inputsOf(resources, "Attachment", "web-80-spot");
      assert.equal(autoscalingGroupName, "spot");
      if (!preview) assert.equal(lbTargetGroupArn, "arn:tg:web-80-asg");
      const order = resources.map(({ name }) => name);
      // The listener has the last of these names. The target group has a different one.
      assert.ok(order.indexOf("web-80-spot") < order.lastIndexOf("web-80"), order.join(" "));
    });

    it("replaces the target group on a change between nodes and groups, because deleting the old attachments would deregister the new targets", async () => {
      const byGroup = { network: { ...network, autoscalingGroupNames: ["workers"] } };
      const [before, after] = [await declareLoadBalancer(), await declareLoadBalancer(byGroup)];
      assert.deepEqual(
        [before, after].map(({ resources }) => namesOf(resources, "TargetGroup")),
        [["web-80"], ["web-80-asg"]],
      );
    });

    it("refuses invalid Auto Scaling groups", async () => {
      const refusals: readonly [readonly string[], RegExp][] = [
        [[], /network\.autoscalingGroupNames: the list is empty, so no node would be a target; name the/],
        [
          ["workers", ""],
          /network\.autoscalingGroupNames\[1\]: "" is not allowed as an Auto Scaling group's/,
        ],
        [
          ["arn:aws:autoscaling:us-west-2:1:autoScalingGroup:1:autoScalingGroupName/workers"],
          /without a colon; set its name, not its ARN/,
        ],
        [["workers", "workers"], /autoscalingGroupNames\[1\]: workers is already the value of network\./],
      ];
      await declare(
        () => {
          for (const [autoscalingGroupNames, message] of refusals)
            assert.throws(
              () =>
                new NetworkLoadBalancer("web", { ...args, network: { ...network, autoscalingGroupNames } }),
              message,
            );
        },
        { preview },
      );
    });

    it("omits the shared rules with sharedNodeRules: false", async () => {
      const { result, resources } = await declareLoadBalancer({ sharedNodeRules: false });
      assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule"), ["web-tcp-30080-0.0.0.0/0"]);
      assert.deepEqual(result.sharedNodeRules, []);
    });

    it("opens node ports to its own subnets as well if the clients' ranges do not cover them", async () => {
      const { resources } = await declareLoadBalancer({ loadBalancerSourceRanges: ["203.0.113.0/24"] });
      assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule").sort(), [
        "web-icmp-3-4-203.0.113.0/24",
        "web-tcp-30080-10.0.0.0/20",
        "web-tcp-30080-10.0.16.0/20",
        "web-tcp-30080-203.0.113.0/24",
      ]);
    });

    it("declares a listener and a target group for each port, including UDP", async () => {
      const { resources } = await declareLoadBalancer({
        ports: [...(args.ports ?? []), { name: "dns", port: 53, protocol: "UDP", nodePort: 30053 }],
        healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz" },
      });
      const { protocol, port } = inputsOf(resources, "Listener", "web-53");
      assert.deepEqual({ protocol, port }, { protocol: "UDP", port: 53 });
      assert.equal(inputsOf(resources, "TargetGroup", "web-53").protocol, "UDP");
      assert.equal(
        inputsOf(resources, "SecurityGroupIngressRule", "web-udp-30053-0.0.0.0/0").ipProtocol,
        "udp",
      );
      assert.deepEqual(inputsOf(resources, "TargetGroup", "web-53").healthCheck, {
        protocol: "HTTP",
        port: "10256",
        path: "/healthz",
        interval: 30,
        timeout: 6,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
      });
    });

    it("has listeners for several Services, each with its own target group and node port", async () => {
      const { resources } = await declareLoadBalancer({
        securityGroups: "own",
        ports: [
          { name: "orders", port: 5432, nodePort: output(30432) },
          { name: "carts", port: 6379, nodePort: output(30379) },
        ],
      });
      const portsOf = (type: string) =>
        namesOf(resources, type).map((name) => [name, inputsOf(resources, type, name).port]);
      assert.deepEqual(portsOf("Listener").sort(), [
        ["web-5432", 5432],
        ["web-6379", 6379],
      ]);
      assert.deepEqual(portsOf("TargetGroup").sort(), [
        ["web-5432-sg", 30432],
        ["web-6379-sg", 30379],
      ]);
      assert.equal(namesOf(resources, "LoadBalancer").length, 1);
    });

    it("sets every option", async () => {
      const { resources } = await declareLoadBalancer({
        scheme: "internal",
        subnetIds: ["subnet-b"],
        crossZoneLoadBalancing: true,
        preserveClientIp: false,
        deregistrationDelaySeconds: 5,
      });
      assert.deepEqual(inputsOf(resources, "LoadBalancer", "web"), {
        loadBalancerType: "network",
        internal: true,
        subnets: ["subnet-b"],
        enableCrossZoneLoadBalancing: true,
      });
      const { preserveClientIp, deregistrationDelay } = inputsOf(resources, "TargetGroup", "web-80");
      assert.deepEqual(
        { preserveClientIp, deregistrationDelay },
        { preserveClientIp: "false", deregistrationDelay: 5 },
      );
    });

    it("has a security group of its own if asked for, to which alone the nodes are open", async () => {
      const { result, resources } = await declareLoadBalancer({
        securityGroups: "own",
        loadBalancerSourceRanges: ["192.0.2.0/24", "203.0.113.0/24"],
        healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz" },
        tags: { team: "web" },
        // Nobody else has this group, so nobody else has its rules.
        sharedNodeRules: false,
      });
      const group = preview ? undefined : "web-id";
      assert.deepEqual(inputsOf(resources, "SecurityGroup", "web"), {
        vpcId: "vpc-1",
        description: "Network Load Balancer web",
        tags: { team: "web" },
      });
      assert.equal(inputsOf(resources, "LoadBalancer", "web-sg").name, undefined);
      if (!preview) assert.deepEqual(inputsOf(resources, "LoadBalancer", "web-sg").securityGroups, [group]);
      assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule").sort(), [
        "web-icmp-3-4-own-group",
        "web-listener-icmp-3-4-192.0.2.0/24",
        "web-listener-icmp-3-4-203.0.113.0/24",
        "web-listener-tcp-80-192.0.2.0/24",
        "web-listener-tcp-80-203.0.113.0/24",
        "web-tcp-10256-own-group",
        "web-tcp-30080-own-group",
      ]);
      const toNode = inputsOf(resources, "SecurityGroupIngressRule", "web-tcp-30080-own-group");
      assert.deepEqual(
        { ...toNode, referencedSecurityGroupId: preview ? undefined : toNode.referencedSecurityGroupId },
        {
          securityGroupId: "sg-1",
          ipProtocol: "tcp",
          fromPort: 30080,
          toPort: 30080,
          referencedSecurityGroupId: group,
          description: "web: load balancer to http",
        },
      );
      const client = inputsOf(resources, "SecurityGroupIngressRule", "web-listener-tcp-80-192.0.2.0/24");
      assert.deepEqual(
        { ...client, securityGroupId: preview ? undefined : client.securityGroupId },
        {
          securityGroupId: group,
          ipProtocol: "tcp",
          fromPort: 80,
          toPort: 80,
          cidrIpv4: "192.0.2.0/24",
          description: "web: clients of http",
        },
      );
      const out = inputsOf(resources, "SecurityGroupEgressRule", "web-to-nodes");
      assert.deepEqual(
        { ipProtocol: out.ipProtocol, to: out.referencedSecurityGroupId },
        { ipProtocol: "-1", to: "sg-1" },
      );
      assert.deepEqual(result.sharedNodeRules, []);
      assert.notEqual(result.securityGroup, undefined);
    });

    it("has given security groups, and opens the nodes to the first", async () => {
      const { result, resources } = await declareLoadBalancer({
        securityGroups: ["sg-9", "sg-8"],
        loadBalancerSourceRanges: [],
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
      });
      const { securityGroups, enforceSecurityGroupInboundRulesOnPrivateLinkTraffic } = inputsOf(
        resources,
        "LoadBalancer",
        "web-sg",
      );
      assert.deepEqual(securityGroups, ["sg-9", "sg-8"]);
      assert.equal(enforceSecurityGroupInboundRulesOnPrivateLinkTraffic, "off");
      assert.deepEqual(namesOf(resources, "SecurityGroup"), []);
      assert.deepEqual(namesOf(resources, "SecurityGroupIngressRule").sort(), [
        "web-icmp-3-4-sg-9",
        "web-tcp-30080-sg-9",
      ]);
      const rule = inputsOf(resources, "SecurityGroupIngressRule", "web-tcp-30080-sg-9");
      assert.equal(rule.referencedSecurityGroupId, "sg-9");
      assert.equal(result.sharedNodeRules.length, 1);
      const { resources: second } = await declareLoadBalancer({
        securityGroups: ["sg-9"],
        loadBalancerSourceRanges: [],
        sharedNodeRules: false,
      });
      assert.deepEqual(namesOf(second, "SecurityGroupIngressRule"), ["web-tcp-30080-sg-9"]);
    });

    it("has another name in the program with security groups than without, because AWS cannot make one of the other", async () => {
      const owns = { securityGroups: "own" } as const;
      for (const [changes, name, group] of [
        [{}, "web", "web-80"],
        [owns, "web-sg", "web-80-sg"],
        // The name belongs to one load balancer at a time, so the provider replaces it in place.
        [{ ...owns, loadBalancerName: "edge" }, "web-fixed", "web-80-fixed"],
      ] as const) {
        const { resources } = await declareLoadBalancer(changes);
        assert.deepEqual(namesOf(resources, "LoadBalancer"), [name]);
        assert.deepEqual(namesOf(resources, "TargetGroup"), [group]);
      }
    });

    it("has something that replaces it where its name stays and its groups come or go", async () => {
      const triggerOf = async (changes: Partial<NetworkLoadBalancerArgs>): Promise<unknown> => {
        let trigger: unknown;
        const note: ResourceTransformation = ({ type, opts }) => {
          if (type === "aws:lb/loadBalancer:LoadBalancer") trigger = opts.replacementTrigger;
          return undefined;
        };
        await declare(
          () => new NetworkLoadBalancer("web", { ...args, ...changes }, { transformations: [note] }),
          { preview },
        );
        return trigger;
      };
      const loadBalancerName = "edge";
      const given = { securityGroups: ["sg-9"], loadBalancerSourceRanges: [] };
      assert.equal(await triggerOf({ loadBalancerName }), "without security groups");
      assert.equal(await triggerOf({ loadBalancerName, securityGroups: "own" }), "with security groups");
      assert.equal(await triggerOf({ loadBalancerName, ...given }), "with security groups");
      // Others have another name then.
      assert.equal(await triggerOf({}), undefined);
    });

    it("refuses security groups that are none, and source ranges that would have no effect", async () => {
      const none: readonly string[] = [];
      const refusals: readonly [Partial<NetworkLoadBalancerArgs>, RegExp][] = [
        [{ securityGroups: none }, /securityGroups: the list is empty; allowed are "own" and a list of ids/],
        [
          { securityGroups: "all" as "own" },
          /securityGroups: "all" is not allowed; allowed are "own" and a list/,
        ],
        [
          { securityGroups: ["web"], loadBalancerSourceRanges: none },
          /securityGroups\[0\]: "web" is not the id of a security group; allowed are/,
        ],
        [
          { securityGroups: ["sg-9", "sg-9"], loadBalancerSourceRanges: none },
          /securityGroups\[1\]: sg-9 is already the value of securityGroups\[0\]/,
        ],
        [
          { securityGroups: ["sg-9"] },
          /loadBalancerSourceRanges: 0\.0\.0\.0\/0 would have no effect: the rules of the given security groups \(sg-9\) say who may connect; set \[\], or/,
        ],
        [{ securityGroups: "own", loadBalancerSourceRanges: none }, /the list is empty; name the ranges/],
        [
          { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
          /PrivateLinkTraffic: "off" cannot be set: the load balancer has no security groups; set securityGroups/,
        ],
        [
          {
            securityGroups: "own",
            enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "maybe" as "on",
          },
          /PrivateLinkTraffic: "maybe" is not allowed; allowed are "on" and "off"/,
        ],
        [
          { securityGroups: "own", quotas: { rulesPerSecurityGroup: 1 } },
          /they need 2 inbound rules in the nodes' .*they need 2 inbound rules in the load balancer's own/s,
        ],
      ];
      await declare(
        () => {
          for (const [changes, message] of refusals)
            assert.throws(() => new NetworkLoadBalancer("web", { ...args, ...changes }), message);
        },
        { preview },
      );
    });

    it("lets prefix lists and security groups in to its own group, with and without ranges", async () => {
      const { resources } = await declareLoadBalancer({
        securityGroups: "own",
        loadBalancerSourceRanges: [],
        sourcePrefixLists: [{ id: "pl-9", maxEntries: 20 }],
        sourceSecurityGroups: ["sg-8"],
      });
      const rules = resources.filter(
        ({ type, inputs }) => type.endsWith(":SecurityGroupIngressRule") && inputs.securityGroupId !== "sg-1",
      );
      assert.deepEqual(
        rules.map(({ inputs }) => [
          inputs.ipProtocol,
          inputs.prefixListId ?? inputs.referencedSecurityGroupId,
        ]),
        [
          ["tcp", "pl-9"],
          ["tcp", "sg-8"],
          ["icmp", "sg-8"],
        ],
      );
    });

    it("lets a prefix list in to the nodes if it has no group, because the client's address is kept", async () => {
      const { resources } = await declareLoadBalancer({ sourcePrefixLists: [{ id: "pl-9" }] });
      const onNodes = resources.filter(({ inputs }) => inputs.prefixListId === "pl-9");
      assert.deepEqual(
        onNodes.map(({ inputs }) => [inputs.securityGroupId, inputs.ipProtocol]),
        [["sg-1", "tcp"]],
      );
    });

    it("refuses prefix lists and security groups that are none or would let nobody in, and counts a list's entries", async () => {
      const none: readonly string[] = [];
      const refusals: readonly [Partial<NetworkLoadBalancerArgs>, RegExp][] = [
        [{ sourcePrefixLists: [] }, /sourcePrefixLists: the list is empty; allowed are ids of prefix lists/],
        [
          { sourcePrefixLists: [{ id: "sg-9" }] },
          /sourcePrefixLists\[0\]: "sg-9" is not the id of a prefix list; allowed are ids of prefix lists, such as/,
        ],
        [
          { sourcePrefixLists: [{ id: "pl-9", maxEntries: 0 }] },
          /sourcePrefixLists\[0\]\.maxEntries: 0 is not allowed; allowed are whole numbers from 1 to 1000/,
        ],
        [
          { sourcePrefixLists: [{ id: "pl-9" }, { id: "pl-9", maxEntries: 2 }] },
          /sourcePrefixLists\[1\]: pl-9 is already the value of sourcePrefixLists\[0\]/,
        ],
        [
          { sourceSecurityGroups: ["sg-9"] },
          /sourceSecurityGroups: sg-9 cannot be let in: the load balancer has no security group, .*; set securityGroups to "own"/,
        ],
        [
          { securityGroups: ["sg-7"], loadBalancerSourceRanges: none, sourceSecurityGroups: ["sg-9"] },
          /sourceSecurityGroups: sg-9 would have no effect: the rules of the given security groups/,
        ],
        [
          { loadBalancerSourceRanges: none, sourcePrefixLists: [{ id: "pl-9", maxEntries: 61 }] },
          /sourcePrefixLists: with these ports they need 63 inbound rules in the nodes' security group/,
        ],
        [
          { securityGroups: "own", sourcePrefixLists: [{ id: "pl-9", maxEntries: 60 }] },
          /they need 62 inbound rules in the load balancer's own security group/,
        ],
      ];
      await declare(
        () => {
          for (const [changes, message] of refusals)
            assert.throws(() => new NetworkLoadBalancer("web", { ...args, ...changes }), message);
        },
        { preview },
      );
    });

    it("lets IPv6 ranges in to its own group if it has IPv6 addresses", async () => {
      const { resources } = await declareLoadBalancer({
        ipAddressType: "dualstack",
        securityGroups: "own",
        loadBalancerSourceRanges: ["203.0.113.0/24", "2001:db8::/32"],
      });
      const rules = resources.filter(({ inputs }) => inputs.cidrIpv6 !== undefined);
      assert.deepEqual(
        rules.map(({ inputs }) => [inputs.ipProtocol, inputs.fromPort, inputs.toPort, inputs.cidrIpv6]),
        [
          ["tcp", 80, 80, "2001:db8::/32"],
          ["icmpv6", 2, 0, "2001:db8::/32"],
        ],
      );
    });

    it("refuses IPv6 where AWS or the nodes' rules have none", async () => {
      const own = { ipAddressType: "dualstack", securityGroups: "own" } as const;
      const subnets = args.network.subnets.map((subnet) => ({ ...subnet, ipv6CidrBlock: "" }));
      const refusals: readonly [Partial<NetworkLoadBalancerArgs>, RegExp][] = [
        [
          { ipAddressType: "ipv6" as "dualstack" },
          /ipAddressType: "ipv6" is not allowed; allowed are "ipv4" and "dualstack"/,
        ],
        [
          { ipAddressType: "dualstack" },
          /ipAddressType: "dualstack" is not allowed without securityGroups: .*; set securityGroups to "own"/,
        ],
        [
          { ...own, network: { ...args.network, subnets } },
          /ipAddressType: "dualstack" is not allowed in subnet-a, subnet-b, which have no IPv6 range; give/,
        ],
        [
          {
            ...own,
            healthCheck: { port: 10256 },
            ports: [{ name: "dns", port: 53, protocol: "UDP", nodePort: 31053 }],
          },
          /ipAddressType: "dualstack" is not allowed with the UDP port "dns": .*; use an exposure of its own/,
        ],
        [
          { securityGroups: "own", loadBalancerSourceRanges: ["2001:db8::/32"] },
          /loadBalancerSourceRanges\[0\]: "2001:db8::\/32" is not an IPv4 range/,
        ],
        [
          { ...own, loadBalancerSourceRanges: ["2001:db8::1/32"] },
          /loadBalancerSourceRanges\[0\]: "2001:db8::1\/32" has bits set after its prefix; write 2001:db8::\/32/,
        ],
      ];
      await declare(
        () => {
          for (const [changes, message] of refusals)
            assert.throws(() => new NetworkLoadBalancer("web", { ...args, ...changes }), message);
        },
        { preview },
      );
    });

    it("needs one rule on the nodes for each port with a security group, however many ranges may connect", async () => {
      const loadBalancerSourceRanges = Array.from({ length: 20 }, (_, index) => `192.0.2.${index}/32`);
      const { resources } = await declareLoadBalancer({ securityGroups: "own", loadBalancerSourceRanges });
      const onNodes = resources.filter(
        ({ type, inputs }) => type.endsWith(":SecurityGroupIngressRule") && inputs.securityGroupId === "sg-1",
      );
      assert.equal(onNodes.length, 2);
    });

    it("offers its address and target groups after the update", async () => {
      const { result } = await declareLoadBalancer();
      const expected = (value: unknown) => (preview ? { known: false } : { known: true, value });
      assert.deepEqual(await knowledgeOf(result.dnsName), expected("web.elb.example.com"));
      assert.deepEqual(await knowledgeOf(result.arn), expected("arn:lb:web"));
      assert.deepEqual(await knowledgeOf(result.targetGroupArns), expected({ http: "arn:tg:web-80" }));
    });

    it("refuses targets and rules above the account's quotas, and accepts those within them", async () => {
      // Two nodes in two zones, each a target. One rule for clients and one for path MTU discovery.
      const enough = { targetsPerTargetGroup: 2, targetsPerZone: 1, rulesPerSecurityGroup: 2 };
      const refusals: readonly [Partial<NetworkLoadBalancerArgs>, RegExp][] = [
        [
          { quotas: { targetsPerTargetGroup: 1 } },
          /network\.nodeInstanceIds: the list has 2 nodes; allowed are 1 /,
        ],
        [{ quotas: { targetsAcrossZones: 1 }, crossZoneLoadBalancing: true }, /make 2 targets/],
        [{ quotas: { rulesPerSecurityGroup: 1 } }, /they need 2 inbound rules .*; allowed are 1 /],
      ];
      await declare(
        () => {
          for (const [changes, message] of refusals)
            assert.throws(() => new NetworkLoadBalancer("web", { ...args, ...changes }), message);
        },
        { preview },
      );
      await declareLoadBalancer({ quotas: enough });
      await declareLoadBalancer({ quotas: { rulesPerSecurityGroup: 1 }, sharedNodeRules: false });
    });

    it("refuses the load balancer whose rules exceed the quota together with earlier ones", async () => {
      const quotas = { rulesPerSecurityGroup: 3 };
      const another = (name: string, changes: Partial<NetworkLoadBalancerArgs> = {}) =>
        new NetworkLoadBalancer(name, { ...args, quotas, sharedNodeRules: false, ...changes });
      const program = () => {
        // Each has a rule for clients, and all share one rule.
        another("first", { sharedNodeRules: true });
        another("second");
        assert.throws(
          () => another("third"),
          /"third" cannot be declared:.* need 1 inbound rules .* earlier load balancers need 3; allowed are 3 /s,
        );
        // Other nodes have their own group.
        another("elsewhere", { network: { ...network, nodeSecurityGroupId: "sg-2" } });
      };
      await declare(program, { preview });
      // Each run of a program starts from zero.
      await declare(program, { preview });
    });

    it("reports every problem at once, and declares nothing", async () => {
      await declare(
        () => {
          assert.throws(
            () =>
              new NetworkLoadBalancer("internal-web", {
                ...args,
                network: { ...network, subnets: [] },
                loadBalancerSourceRanges: [],
                healthCheck: { timeoutSeconds: 60 },
              }),
            {
              errors: [
                {
                  propertyPath: "name",
                  reason:
                    '"internal-web" is not allowed as a load balancer\'s name; allowed are letters, digits and inner hyphens, and it must not start with "internal-"',
                },
                {
                  propertyPath: "loadBalancerSourceRanges",
                  reason:
                    "the list is empty; name the ranges that may connect, such as 203.0.113.0/24, or 0.0.0.0/0 for everybody",
                },
                {
                  propertyPath: "healthCheck.timeoutSeconds",
                  reason: "60 is more than the interval of 30 s, which AWS refuses; allowed is at most 30",
                },
                {
                  propertyPath: "network.subnets",
                  reason:
                    'no subnet has the tag "kubernetes.io/role/elb" (the VPC has none); tag the subnets, or name them in subnetIds',
                },
              ],
            },
          );
        },
        { preview },
      ).then(({ resources }) => {
        assert.deepEqual(treeOf(resources), ["exposure:index:NetworkLoadBalancer internal-web"]);
      });
    });
  });
}
