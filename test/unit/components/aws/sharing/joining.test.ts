import assert from "node:assert/strict";
import {
  LoadBalancerExposure,
  NetworkLoadBalancer,
  NodePortExposure,
} from "../../../../../components/index.ts";
import type { NetworkLoadBalancerArgs, NodePortExposureArgs } from "../../../../../components/index.ts";
import { declare, inputsOf, knowledgeOf, namesOf, network, treeOf } from "../../core/declaring.ts";

type Joining = Partial<NodePortExposureArgs>;

const http = { name: "http", port: 80 };
const base: NodePortExposureArgs = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [http],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
  network,
};

/** A shared load balancer and exposures that join it, by their names. */
function declareShared(
  exposures: Readonly<Record<string, Joining>>,
  shared: Partial<NetworkLoadBalancerArgs> = {},
  preview = false,
) {
  return declare(
    () => {
      const loadBalancer = new NetworkLoadBalancer("shared", { network, ...shared });
      const joined = Object.entries(exposures).map(
        ([name, args]) => new NodePortExposure(name, { ...base, ...args, loadBalancer }),
      );
      return { loadBalancer, joined };
    },
    { preview },
  );
}

async function refusal(...declared: Parameters<typeof declareShared>): Promise<string> {
  try {
    await declareShared(...declared);
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail("nothing was refused");
}

const alt = { name: "alt", port: 8080 };

for (const preview of [true, false]) {
  describe(`exposures that join a load balancer (${preview ? "preview" : "update"})`, () => {
    it("declare everything but the load balancer, and their common rules, below themselves", async () => {
      const { resources } = await declareShared({ a: {}, b: { ports: [alt] } }, {}, preview);
      const nodePort = preview ? "of-80" : "31000";
      assert.deepEqual(
        treeOf(resources).filter((line) => !line.includes("b-") && !line.endsWith(" b")),
        [
          "exposure:index:NetworkLoadBalancer shared",
          "  aws:lb/loadBalancer:LoadBalancer shared",
          "  aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule shared-icmp-3-4-203.0.113.0/24",
          "exposure:index:NodePortExposure a",
          "  aws:lb/listener:Listener shared-80",
          "  aws:lb/targetGroup:TargetGroup a-80",
          "  aws:lb/targetGroupAttachment:TargetGroupAttachment a-80-i-1",
          "  aws:lb/targetGroupAttachment:TargetGroupAttachment a-80-i-2",
          ...["10.0.0.0/20", "10.0.16.0/20", "203.0.113.0/24"].map(
            (range) =>
              `  aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule a-tcp-${nodePort}-${range}`,
          ),
          "  kubernetes:core/v1:Service a",
          "  aws:lb/listener:Listener shared-8080",
        ],
      );
    });
  });
}

describe("an exposure that joins a load balancer", () => {
  it("has the load balancer's address, and target groups and rules of its own", async () => {
    const { result } = await declareShared({ a: {}, b: { ports: [alt] } });
    const [a, b] = result.joined;
    assert.equal(a?.loadBalancer, result.loadBalancer);
    for (const [exposure, url] of [
      [a, "tcp://shared.elb.example.com:80"],
      [b, "tcp://shared.elb.example.com:8080"],
    ] as const)
      assert.deepEqual(await knowledgeOf(exposure!.url), { known: true, value: url });
    assert.deepEqual(await knowledgeOf(b!.targetGroupArns), { known: true, value: { alt: "arn:tg:b-8080" } });
    const { value: rules } = (await knowledgeOf(b!.nodeRules)) as { value: readonly unknown[] };
    assert.equal(rules.length, 4);
  });

  it("leads its listener to its own target group, on the shared load balancer", async () => {
    const { resources } = await declareShared({ a: {}, b: { ports: [alt] } });
    const { loadBalancerArn, defaultActions } = inputsOf(resources, "Listener", "shared-8080");
    assert.equal(loadBalancerArn, "arn:lb:shared");
    assert.deepEqual(defaultActions, [{ type: "forward", targetGroupArn: "arn:tg:b-8080" }]);
    assert.deepEqual(namesOf(resources, "LoadBalancer"), ["shared"]);
  });

  it("opens its own node ports for its own source ranges alone", async () => {
    const { resources } = await declareShared({
      a: { loadBalancerSourceRanges: ["198.51.100.0/24"], ports: [{ ...http, nodePort: 30080 }] },
      b: { ports: [{ ...alt, nodePort: 30081 }] },
    });
    const opened = resources
      .filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"))
      .map(({ inputs }) => `${String(inputs.fromPort)} ${String(inputs.cidrIpv4)}`)
      .filter((rule) => !rule.includes(" 10.") && !rule.startsWith("3 "));
    assert.deepEqual(opened.sort(), ["30080 198.51.100.0/24", "30081 203.0.113.0/24"]);
  });

  it("has its listeners' rules in the load balancer's own security group, and path MTU discovery once for a range", async () => {
    const { resources } = await declareShared({ a: {}, b: { ports: [alt] } }, { securityGroups: "own" });
    const names = namesOf(resources, "SecurityGroupIngressRule").sort();
    assert.deepEqual(names, [
      "a-tcp-31000-own-group",
      "b-tcp-31000-own-group",
      "shared-icmp-3-4-own-group",
      "shared-listener-icmp-3-4-203.0.113.0/24",
      "shared-listener-tcp-80-203.0.113.0/24",
      "shared-listener-tcp-8080-203.0.113.0/24",
    ]);
  });

  it("shares the rules of a fixed health check port outside of the node ports", async () => {
    const check = { healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz" } } as const;
    const { resources } = await declareShared({ a: check, b: { ports: [alt], ...check } });
    const shared = namesOf(resources, "SecurityGroupIngressRule").filter((name) =>
      name.startsWith("shared-tcp"),
    );
    assert.deepEqual(shared.sort(), ["shared-tcp-10256-10.0.0.0/20", "shared-tcp-10256-10.0.16.0/20"]);
  });

  it("opens nodes of another security group for the load balancer's own, and lets the load balancer out to them", async () => {
    const { resources } = await declareShared(
      { a: {}, b: { ports: [alt], network: { ...network, nodeSecurityGroupId: "sg-2" } } },
      { securityGroups: "own" },
    );
    assert.deepEqual(namesOf(resources, "SecurityGroupEgressRule").sort(), [
      "shared-to-nodes",
      "shared-to-sg-2",
    ]);
    const rule = inputsOf(resources, "SecurityGroupIngressRule", "shared-sg-2-icmp-3-4-own-group");
    assert.equal(rule.securityGroupId, "sg-2");
  });

  const pods = { targetType: "ip", targetGroupBinding: true } as const;
  const toPods = (port: number) => ({ name: `p${port}`, port, targetPort: 8080 });

  for (const [groups, ofPods] of [
    ["without security groups", ["10.0.0.0/20", "10.0.16.0/20", "203.0.113.0/24"]],
    ["with one of its own", ["own-group"]],
  ] as const)
    it(`leads to pods, whose port is opened once for all exposures of a load balancer ${groups}`, async () => {
      const { resources } = await declareShared(
        { a: { ...pods, ports: [toPods(80)] }, b: { ...pods, ports: [toPods(8080)] } },
        ofPods.length === 1 ? { securityGroups: "own" } : {},
      );
      for (const { inputs } of resources.filter(({ type }) => type.endsWith(":TargetGroup")))
        assert.deepEqual([inputs.targetType, inputs.port], ["ip", 8080]);
      assert.deepEqual(namesOf(resources, "TargetGroupBinding").sort(), ["a-80", "b-8080"]);
      assert.deepEqual(
        namesOf(resources, "SecurityGroupIngressRule")
          .filter((name) => name.includes("-tcp-8080-"))
          .sort(),
        [
          ...ofPods.map((source) => `shared-tcp-8080-${source}`),
          ...(ofPods.length === 1 ? ["shared-listener-tcp-8080-203.0.113.0/24"] : []),
        ].sort(),
      );
      const rule = inputsOf(resources, "SecurityGroupIngressRule", `shared-tcp-8080-${ofPods[0]}`);
      assert.deepEqual([rule.securityGroupId, rule.fromPort, rule.toPort], ["sg-1", 8080, 8080]);
    });

  it("leads to pods beside an exposure that leads to nodes, and does not count them as the nodes", async () => {
    const { resources } = await declareShared(
      { a: { ...pods, ports: [toPods(80)] }, b: { ports: [alt] } },
      { quotas: { targetsPerLoadBalancer: 2 } },
    );
    assert.deepEqual(namesOf(resources, "TargetGroupAttachment"), ["b-8080-i-1", "b-8080-i-2"]);
  });

  it("takes the tags of the load balancer's resources for its own ones only if it has them", async () => {
    const { resources } = await declareShared(
      { a: { tags: { team: "a" } }, b: { ports: [alt] } },
      { tags: { team: "platform" } },
    );
    assert.deepEqual(inputsOf(resources, "TargetGroup", "a-80").tags, { team: "a" });
    assert.equal(inputsOf(resources, "TargetGroup", "b-8080").tags, undefined);
  });

  it("may join a load balancer with ports of its own", async () => {
    const { resources } = await declareShared(
      { a: {} },
      {
        ports: [{ name: "own", port: 443, nodePort: 30443 }],
        loadBalancerSourceRanges: ["203.0.113.0/24"],
      },
    );
    assert.deepEqual(namesOf(resources, "Listener").sort(), ["shared-443", "shared-80"]);
    const rules = namesOf(resources, "SecurityGroupIngressRule");
    assert.deepEqual(
      rules.filter((name) => name.includes("icmp")),
      ["shared-icmp-3-4-203.0.113.0/24"],
    );
  });
});

describe("a load balancer that exposures join", () => {
  it("may have no ports and no source ranges", async () => {
    const { resources } = await declareShared({});
    assert.deepEqual(treeOf(resources), [
      "exposure:index:NetworkLoadBalancer shared",
      "  aws:lb/loadBalancer:LoadBalancer shared",
    ]);
  });

  it("refuses what has no effect without ports", async () => {
    const message = await refusal({}, { healthCheck: { intervalSeconds: 10 }, stickiness: "source_ip" });
    for (const option of ["healthCheck", "stickiness"])
      assert.match(message, new RegExp(`\\n {2}${option}: .* would have no effect: .* exposures that join`));
  });

  it("refuses ports of its own without source ranges", async () =>
    assert.match(
      await refusal({}, { ports: [{ name: "own", port: 443, nodePort: 30443 }] }),
      /loadBalancerSourceRanges: the list is empty/,
    ));

  it("tells others of the rules that they share with the exposures that have joined", async () => {
    const { result } = await declareShared({ a: {} });
    assert.equal(result.loadBalancer.sharedNodeRules.length, 1);
  });
});

describe("joining a load balancer is refused", () => {
  const loadBalancerLevel: Joining = {
    scheme: "internal",
    subnetIds: ["subnet-a"],
    crossZoneLoadBalancing: true,
    dnsRecordClientRoutingPolicy: "availability_zone_affinity",
    eipAllocationIds: ["eipalloc-1"],
    privateIpv4Addresses: ["10.0.0.9"],
    loadBalancerName: "edge",
    deletionProtection: true,
    accessLogs: { bucket: "logs" },
    securityGroups: "own",
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
    quotas: { rulesPerSecurityGroup: 100 },
    sharedNodeRules: false,
  };
  for (const [option, value] of Object.entries(loadBalancerLevel))
    it(`with the load balancer's option ${option}, which has to be set there`, async () =>
      assert.match(
        await refusal({ a: { [option]: value } }),
        new RegExp(
          `NodePortExposure "a" cannot be declared:\\n {2}${option}: .* cannot be set here: .* set it for the NetworkLoadBalancer "shared", or omit loadBalancer`,
        ),
      ));

  it("at a port that another exposure has, with both names", async () =>
    assert.match(
      await refusal({ a: {}, b: {} }),
      /NodePortExposure "b" .*\n {2}ports\[0\]\.port: 80 is already the port of a listener of "a" on the load balancer "shared", which "b" joins/,
    ));

  it("at a number that another exposure has for the other protocol", async () =>
    assert.match(
      await refusal({
        a: { ports: [{ name: "dns", port: 53 }] },
        b: { ports: [{ name: "dns", port: 53, protocol: "UDP" }], healthCheck: { port: 10256 } },
      }),
      /ports\[0\]\.port: 53 is already the port of a listener of "a".* have TCP and UDP on one number in one exposure/,
    ));

  it("at a port that the load balancer has itself", async () =>
    assert.match(
      await refusal(
        { a: {} },
        { ports: [{ ...http, nodePort: 30080 }], loadBalancerSourceRanges: ["0.0.0.0/0"] },
      ),
      /80 is already the port of a listener of "shared"/,
    ));

  it("with more than 50 listeners together", async () => {
    const ports = Array.from({ length: 30 }, (_, index) => ({ name: `p${index}`, port: 1000 + index }));
    const others = ports.map(({ name, port }) => ({ name, port: port + 100 }));
    const open = { loadBalancerSourceRanges: ["0.0.0.0/0"] };
    const shared = { securityGroups: "own", quotas: { rulesPerSecurityGroup: 1000 } } as const;
    await declareShared({ a: { ports, ...open }, b: { ports: others.slice(10), ...open } }, shared);
    assert.match(
      await refusal({ a: { ports, ...open }, b: { ports: others, ...open } }, shared),
      /NodePortExposure "b" .*\n {2}ports: 30 ports are too many: of the 50 listeners .*load-balancer-limits.*, 30 of "shared" are taken \("a" 30\); join another/,
    );
  });

  it("with more targets than the load balancer may have, the others' counted", async () => {
    const few = { targetsPerLoadBalancer: 3 };
    await declareShared({ a: {} }, { quotas: few });
    assert.match(
      await refusal({ a: {}, b: { ports: [alt] } }, { quotas: few }),
      /ports: 1 ports on 2 nodes make, with 2 of the load balancer's other exposures, 4 targets; allowed are 3/,
    );
  });

  it("with more rules than the nodes' group may have, the common ones counted once", async () => {
    const quotas = { rulesPerSecurityGroup: 7 };
    // Two exposures need three rules each, and one for path MTU discovery together.
    await declareShared({ a: {}, b: { ports: [alt] } }, { quotas });
    assert.match(
      await refusal({ a: {}, b: { ports: [alt] } }, { quotas: { rulesPerSecurityGroup: 6 } }),
      /loadBalancerSourceRanges: .* need 3 inbound rules in the nodes' security group, and this program's earlier load balancers need 4; allowed are 6/,
    );
  });

  it("with more rules than the load balancer's own group may have", async () => {
    const shared = (rulesPerSecurityGroup: number) => ({
      securityGroups: "own" as const,
      quotas: { rulesPerSecurityGroup },
    });
    await declareShared({ a: {}, b: { ports: [alt] } }, shared(3));
    assert.match(
      await refusal(
        { a: { loadBalancerSourceRanges: ["203.0.113.0/24", "198.51.100.0/24"] }, b: { ports: [alt] } },
        shared(4),
      ),
      /need 1 inbound rules in the load balancer's own security group, and the load balancer's other exposures need 4/,
    );
  });

  it("with pods as targets that nobody registers", async () =>
    assert.match(
      await refusal({ a: { targetType: "ip", ports: [{ ...http, targetPort: 8080 }] } }),
      /targetType: "ip" cannot be set alone: .* set targetGroupBinding/,
    ));

  it("with pods as targets at a port with a name", async () =>
    assert.match(
      await refusal({
        a: { targetType: "ip", targetGroupBinding: true, ports: [{ ...http, targetPort: "web" }] },
      }),
      /ports\[0\]\.targetPort: "web" cannot be set with targetType "ip"/,
    ));

  it("from another VPC", async () =>
    assert.match(
      await refusal({ a: { network: { ...network, vpcId: "vpc-2" } } }),
      /network: its VPC vpc-2 is not the one of the load balancer "shared" \(vpc-1\)/,
    ));

  it("with a check at a node port that another exposure names, in either order", async () => {
    const named: Joining = { ports: [{ ...http, nodePort: 30080 }] };
    const checking: Joining = { ports: [alt], healthCheck: { port: 30080 } };
    assert.match(
      await refusal({ a: named, b: checking }),
      /healthCheck\.port: 30080 is a port of the nodes that "a" names as well/,
    );
    assert.match(
      await refusal({ a: checking, b: named }),
      /ports\[0\]\.nodePort: 30080 is a port of the nodes that "a" names as well/,
    );
  });

  it("with source ranges if the load balancer's security groups are given", async () =>
    assert.match(
      await refusal({ a: {} }, { securityGroups: ["sg-8"] }),
      /loadBalancerSourceRanges: 203\.0\.113\.0\/24 would have no effect: the rules of the given security groups/,
    ));

  for (const [controller, words] of [
    ["aws-cloud-controller-manager", "cloud controller manager makes a load balancer for each Service;"],
    ["aws-load-balancer-controller", "routes of a Gateway; .* NodePortExposure with targetGroupBinding"],
  ] as const)
    it(`for a LoadBalancerExposure of the ${controller}`, async () => {
      const { network: _, ...args } = base;
      await declare(
        () => {
          const loadBalancer = new NetworkLoadBalancer("shared", { network });
          const given = { ...args, loadBalancer, controller };
          assert.throws(
            () => new LoadBalancerExposure("a", given),
            new RegExp(`loadBalancer: a load balancer cannot be set: the AWS .*${words}`),
          );
        },
        { preview: false },
      );
    });
});
