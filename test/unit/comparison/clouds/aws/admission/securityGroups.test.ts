import assert from "node:assert/strict";
import { aws } from "../../../../../../comparison/clouds/aws/index.ts";
import type { Aws, AwsFacts, AwsExposure, RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { defaultConfiguration } from "../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import { predict as predictCcm } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { loadBalancerController } from "../../../../../../comparison/clouds/aws/loadBalancerController/index.ts";
import { declareOwn } from "../../../../../../comparison/clouds/aws/manifests/program.ts";
import type { Predicted } from "../../../../../../comparison/clouds/cloud.ts";
import { judge } from "../../../../../../comparison/difference/compare.ts";
import type { Judgement } from "../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../comparison/difference/compared.ts";
import { controllerNamed, groundOf } from "../../../../../../comparison/manifests/ground.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import { factsIn, known } from "../../../../../../comparison/model/sourceResult.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { declared, factsOfBoth, predicted } from "../../../../../../comparison/plan/facts.ts";
import { planProgram } from "../../../../../../comparison/plan/plan.ts";
import type { NetworkLoadBalancerExposureArgs } from "../../../../../../components/index.ts";
import { facts } from "../../../difference/facts.ts";

const own = "sg-own";
const rule = (id: string, changes: Partial<RuleFacts>): RuleFacts => ({
  identity: { name: id, id },
  owner: "program",
  securityGroup: "sg-nodes",
  ipProtocol: "tcp",
  fromPort: 31301,
  toPort: 31301,
  source: own,
  ...changes,
});
const pathMtu = { ipProtocol: "icmp", fromPort: 3, toPort: 4 } as const;
const everybody = { securityGroup: own, source: "0.0.0.0/0" } as const;

interface Hops {
  readonly balancer: readonly RuleFacts[];
  readonly nodes: readonly RuleFacts[];
}
const asDeclared: Hops = {
  balancer: [
    rule("sgr-clients", { ...everybody, fromPort: 80, toPort: 80 }),
    rule("sgr-mtu", { ...everybody, ...pathMtu }),
  ],
  nodes: [rule("sgr-nodes", {}), rule("sgr-nodes-mtu", pathMtu)],
};

const exposureOf = ({ balancer, nodes }: Hops, changes: object = {}): AwsExposure => ({
  ...facts.left,
  loadBalancer: known({
    ...(factsIn(facts.left.loadBalancer) ?? assert.fail()),
    securityGroups: [own],
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "on",
    ...changes,
  }),
  firewall: known({ nodes, loadBalancer: balancer }),
});

const rules = ({ firewall }: AwsExposure): readonly RuleFacts[] => factsIn(firewall)?.nodes ?? assert.fail();

const judged = (of: AwsFacts): Judgement => judge(comparedOf(of, aws), { traffic: [], statements: [] });
const besides = (left: AwsExposure): Judgement => judged({ ...facts, left });

const changes: Readonly<Record<string, (rule: RuleFacts) => readonly RuleFacts[]>> = {
  "is missing": () => [],
  "lets in fewer": (each) => [{ ...each, source: "10.0.0.0/8" }],
  "lets in a group that nobody knows": (each) => [{ ...each, source: "sg-x" }],
  "is for another port": (each) => [{ ...each, fromPort: 22, toPort: 22 }],
  "is for another protocol": (each) => [{ ...each, ipProtocol: "udp" }],
  "is in another group": (each) => [{ ...each, securityGroup: "sg-x" }],
};

/** Each rule in turn with these changes, or without it. */
const changedOneByOne = (rules: readonly RuleFacts[], change: (rule: RuleFacts) => readonly RuleFacts[]) =>
  rules.map((each, index) => rules.toSpliced(index, 1, ...change(each)));

describe("security groups that the program gives a load balancer", () => {
  it("are a known difference from a load balancer without groups, where the same clients are let in", () => {
    const { verdict, explanations } = besides(exposureOf(asDeclared));
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    assert.ok(explanations.some(({ id }) => id === "security-groups-by-the-program"));
  });

  it("are so the other way round", () => {
    const { left, right, ...rest } = { ...facts, left: exposureOf(asDeclared) };
    assert.equal(judged({ ...rest, left: right, right: left }).verdict.kind, "equivalent");
  });

  it("are so where the nodes let each other in, and the source ranges do not contain them", () => {
    const narrow = { source: "203.0.113.0/24" };
    const toEachOther = rule("sgr-each-other", {
      ipProtocol: "-1",
      fromPort: -1,
      toPort: -1,
      source: "sg-nodes",
    });
    const { left: _, right } = facts;
    const theirs = factsIn(right.firewall) ?? assert.fail();
    const subnets = factsIn(facts.cluster)?.subnets ?? assert.fail();
    const check = (cidr: string) => ({
      ...(theirs.nodes[0] ?? assert.fail()),
      identity: { name: `kubernetes.io/rule/nlb/health=${cidr}`, id: `sgr-${cidr}` },
      source: cidr,
    });
    const narrowed = (rules: readonly RuleFacts[]) =>
      rules.map((each) => (each.source === "0.0.0.0/0" ? { ...each, ...narrow } : each));
    const nodes = [...narrowed(theirs.nodes), ...subnets.map(({ cidr }) => check(cidr)), toEachOther];
    const besideNarrow = (left: AwsExposure) =>
      judged({
        ...facts,
        left,
        right: {
          ...right,
          service: known({
            ...(factsIn(right.service) ?? assert.fail()),
            loadBalancerSourceRanges: [narrow.source],
          }),
          firewall: known({ nodes, loadBalancer: [] }),
        },
      }).verdict;
    const hops = {
      balancer: narrowed(asDeclared.balancer),
      nodes: [...asDeclared.nodes, toEachOther],
    };
    const { kind, reasons } = besideNarrow(exposureOf(hops));
    assert.deepEqual(
      reasons.filter((reason) => reason.includes("lets in")),
      [],
      kind,
    );
    const more = { ...hops, balancer: [...hops.balancer, { ...hops.balancer[0]!, source: "10.9.0.0/16" }] };
    assert.match(besideNarrow(exposureOf(more)).reasons.join("\n"), /10\.9\.0\.0\/16/);
  });

  it("are no reason for a load balancer without groups", () => {
    assert.ok(judged(facts).explanations.every(({ id }) => id !== "security-groups-by-the-program"));
  });

  for (const [what, change] of Object.entries(changes)) {
    it(`are no equal way if a rule of the load balancer ${what}`, () => {
      for (const balancer of changedOneByOne(asDeclared.balancer, change))
        assert.equal(besides(exposureOf({ ...asDeclared, balancer })).verdict.kind, "different");
    });

    it(`are no equal way if a rule on the nodes ${what}`, () => {
      for (const nodes of changedOneByOne(asDeclared.nodes, change))
        assert.equal(besides(exposureOf({ ...asDeclared, nodes })).verdict.kind, "different");
    });
  }

  it("are no equal way with a rule for one more port", () => {
    const balancer = [...asDeclared.balancer, rule("sgr-22", { ...everybody, fromPort: 22, toPort: 22 })];
    const { verdict } = besides(exposureOf({ ...asDeclared, balancer }));
    assert.equal(verdict.kind, "different");
    assert.match(
      verdict.reasons.join("\n"),
      /another rule of the load balancer, <own security group>: tcp 22/,
    );
  });

  const wide: readonly (readonly [what: string, changes: Partial<RuleFacts>])[] = [
    ["all traffic", { ipProtocol: "-1", fromPort: -1, toPort: -1 }],
    ["all traffic, with the ports 0", { ipProtocol: "-1", fromPort: 0, toPort: 0 }],
    ["all traffic, with the listener's port", { ipProtocol: "-1", fromPort: 80, toPort: 80 }],
    ["all traffic, with all ports", { ipProtocol: "-1", fromPort: 0, toPort: 65_535 }],
    ["all of TCP", { fromPort: -1, toPort: -1 }],
    ["all ports of TCP", { fromPort: 0, toPort: 65_535 }],
    ["one port more", { fromPort: 80, toPort: 81 }],
    ["UDP", { ipProtocol: "udp", fromPort: 80, toPort: 80 }],
    ["all of ICMP", { ipProtocol: "icmp", fromPort: -1, toPort: -1 }],
    ["ping", { ipProtocol: "icmp", fromPort: 8, toPort: 0 }],
    ["another protocol", { ipProtocol: "50", fromPort: -1, toPort: -1 }],
  ];
  for (const [what, traffic] of wide)
    for (const source of ["0.0.0.0/0", "203.0.113.0/24", "pl-1", "sg-x", own])
      it(`are no equal way with one more rule of theirs, for ${what} from ${source}`, () => {
        const more = rule("sgr-more", { ...everybody, fromPort: 80, toPort: 80, source, ...traffic });
        const { verdict } = besides(exposureOf({ ...asDeclared, balancer: [...asDeclared.balancer, more] }));
        assert.equal(verdict.kind, "different");
        assert.equal(verdict.reasons.length, 1, verdict.reasons.join("\n"));
        assert.match(verdict.reasons.join(), /another rule of the load balancer, <own security group>: /);
      });

  it("are the same with one more rule for the listener's port alone", () => {
    const more = rule("sgr-more", { ...everybody, fromPort: 80, toPort: 80, source: "10.0.0.0/8" });
    const { verdict } = besides(exposureOf({ ...asDeclared, balancer: [...asDeclared.balancer, more] }));
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
  });

  it("are no equal way if they let path MTU discovery in to the nodes alone", () => {
    const shared = rules(facts.right).filter(({ ipProtocol }) => ipProtocol === "icmp");
    const [clients = assert.fail()] = asDeclared.balancer;
    const [node = assert.fail()] = asDeclared.nodes;
    const hops = { balancer: [clients], nodes: [node, ...shared] };
    const { verdict } = besides(exposureOf(hops));
    assert.equal(verdict.kind, "different");
    assert.equal(verdict.reasons.length, 1, verdict.reasons.join("\n"));
    assert.match(verdict.reasons.join(), /nobody at the load balancer .*; to path MTU discovery/);
  });

  it("are no second reason beside a port that only one Service has", () => {
    const left = exposureOf(asDeclared);
    const service = factsIn(left.service) ?? assert.fail();
    const [port = assert.fail()] = service.ports;
    const more = { ...port, name: "more", port: 81, nodePort: 31_888 };
    const { verdict } = besides({ ...left, service: known({ ...service, ports: [port, more] }) });
    assert.deepEqual(verdict.reasons, ["the left has another port, more"]);
  });

  it("are no equal way if their rules do not count for PrivateLink", () => {
    const enforced = { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" };
    const { verdict } = besides(exposureOf(asDeclared, enforced));
    assert.equal(verdict.kind, "different");
    assert.match(verdict.reasons.join("\n"), /PrivateLink/);
  });
});

/** A load balancer with groups on each side, both checked at a port of the nodes, whose rules for it are beside each other. */
describe("groups of both load balancers at a port that both check", () => {
  const checked = { port: 10_256, protocol: "HTTP", path: "/healthz" };
  const other = "sg-other";
  const check = { fromPort: 10_256, toPort: 10_256 };
  const ours = rule("sgr-check", check);
  const theirs = rule("sgr-other-check", { ...check, source: other });

  const verdictWith = (...given: Parameters<typeof judgedWith>) => judgedWith(...given).verdict;

  function judgedWith(
    nodes: readonly RuleFacts[],
    changesOfRight: object = {},
    moreOfRight: readonly RuleFacts[] = [],
  ) {
    const side = (exposure: AwsExposure, group: string, port: number): AwsExposure => {
      const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
      const node = rule(`sgr-${group}`, { source: group, fromPort: port, toPort: port });
      const clients = asDeclared.balancer.map((each) => ({ ...each, securityGroup: group }));
      return {
        ...exposure,
        loadBalancer: known({
          ...balancer,
          securityGroups: [group],
          enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "on",
          pools: balancer.pools.map((pool) => ({
            ...pool,
            healthCheck: { ...pool.healthCheck, ...checked },
          })),
          ...(group === other ? changesOfRight : {}),
        }),
        firewall: known({
          nodes: [
            node,
            rule(`sgr-mtu-${group}`, { ...pathMtu, source: group }),
            ...nodes,
            ...(group === other ? moreOfRight : []),
          ],
          loadBalancer: clients,
        }),
      };
    };
    const [left, right] = [facts.left, facts.right].map(
      (exposure) => factsIn(exposure.service)?.ports[0]?.nodePort as number,
    );
    return judged({
      ...facts,
      left: side(facts.left, own, left ?? 0),
      right: side(facts.right, other, right ?? 0),
    });
  }
  const ofChecks = ({ reasons }: { readonly reasons: readonly string[] }) =>
    reasons.filter((reason) => reason.includes("10256"));

  it("let in the same checks", () => assert.deepEqual(ofChecks(verdictWith([ours, theirs])), []));

  it("tell of rules on the nodes of one side that lead past its load balancer", () => {
    const past = rule("sgr-past", { source: "0.0.0.0/0", fromPort: 31_191, toPort: 31_191 });
    const { opensMore } = judgedWith([ours, theirs], {}, [past]);
    assert.deepEqual(opensMore, [
      'The rule "tcp 31191 from 0.0.0.0/0" in sg-nodes lets clients in to the nodes past the load balancer, on one side only.',
    ]);
    assert.deepEqual(judgedWith([ours, theirs]).opensMore, []);
  });

  it("do not if the nodes let in only one of them", () => {
    for (const only of [ours, theirs]) assert.equal(ofChecks(verdictWith([only])).length, 1);
  });

  it("do not if one of them checks from other subnets", () => {
    assert.equal(ofChecks(verdictWith([ours, theirs], { zones: [] })).length, 1);
  });

  it("do not if the nodes of one side let in a group of nobody's", () => {
    const nobodys = rule("sgr-nobody", { ...check, source: "sg-x" });
    assert.equal(ofChecks(verdictWith([ours, theirs], {}, [nobodys])).length, 1);
  });
});

type Options = Partial<NetworkLoadBalancerExposureArgs>;

/** What a NodePortExposure with these options makes, beside what the controller makes of a Service with the same options. */
async function plannedBeside(
  options: Options,
  predict: (service: ServiceFacts, cluster: Aws["cluster"]) => Predicted<Aws>,
  changesOfService: Partial<ServiceFacts>,
  change: (of: AwsFacts) => AwsFacts = (of) => of,
): Promise<Judgement> {
  const ground = await groundOf(controllerNamed("ccm") ?? assert.fail(), {}, []);
  const cluster = ground.cluster as Aws["cluster"];
  const args = {
    namespace: "shop",
    selector: { "app.kubernetes.io/name": "echo" },
    ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
    loadBalancerSourceRanges: ["0.0.0.0/0"],
    ...options,
  };
  const program = await planProgram(ground.network.configuration, [], () =>
    declareOwn("web", args as Parameters<typeof declareOwn>[1], cluster),
  );
  const left = declared({ ...program, cloud: ground.cloud }, "web");
  const declaredService = factsIn(left.service) ?? assert.fail();
  const asking: ServiceFacts = {
    ...declaredService,
    identity: { name: "loadbalancer-2", id: later },
    type: "LoadBalancer",
    allocateLoadBalancerNodePorts: true,
    finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
    annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
    loadBalancerSourceRanges: args.loadBalancerSourceRanges,
    ...changesOfService,
  };
  const right = predicted(asking, predict(asking, cluster));
  const both = factsOfBoth({ left, right }, { ...program, cloud: ground.cloud, cluster }) as AwsFacts;
  return judged(change(both));
}

const managed = { ...defaultConfiguration, managesSecurityGroups: true };
const lbc = loadBalancerController as unknown as {
  predict(service: ServiceFacts, cluster: Aws["cluster"]): Predicted<Aws>;
};
const ofLbc: Partial<ServiceFacts> = {
  finalizers: ["service.k8s.aws/resources"],
  loadBalancerClass: "service.k8s.aws/nlb",
  annotations: {
    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
    "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "30",
  },
};

describe("a plan with a security group of the load balancer's own", () => {
  for (const ranges of ["0.0.0.0/0", "203.0.113.0/24", "10.0.0.0/8"]) {
    const options: Options = { securityGroups: "own", loadBalancerSourceRanges: [ranges] };
    it(`equals what the cloud controller manager makes without a group, for clients from ${ranges}`, async () => {
      const { verdict } = await plannedBeside(options, (of, nodes) => predictCcm(of, nodes), {});
      assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    });

    it(`equals what it makes with a group, for clients from ${ranges}`, async () => {
      const predict = (of: ServiceFacts, nodes: Aws["cluster"]) => predictCcm(of, nodes, undefined, managed);
      const { verdict } = await plannedBeside(options, predict, {});
      assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    });

    it(`equals what the AWS Load Balancer Controller makes, for clients from ${ranges}`, async () => {
      const predict = (of: ServiceFacts, nodes: Aws["cluster"]) => lbc.predict(of, nodes);
      const { verdict } = await plannedBeside(options, predict, ofLbc);
      assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    });
  }

  it("differs from one for other clients", async () => {
    const options: Options = { securityGroups: "own", loadBalancerSourceRanges: ["203.0.113.0/24"] };
    const { verdict } = await plannedBeside(options, (of, nodes) => predictCcm(of, nodes), {
      loadBalancerSourceRanges: ["10.0.0.0/8"],
    });
    assert.equal(verdict.kind, "different");
  });

  it("cannot be read where the groups are given, because their rules are in no plan", async () => {
    const options: Options = { securityGroups: ["sg-9"], loadBalancerSourceRanges: [] };
    const { verdict } = await plannedBeside(options, (of, nodes) => predictCcm(of, nodes), {});
    assert.equal(verdict.kind, "incomplete");
    assert.match(verdict.reasons.join("\n"), /security groups that exist \(sg-9\), and no plan tells/);
  });
});

describe("a plan beside what the AWS Load Balancer Controller makes", () => {
  const besideLbc = (change: (of: AwsFacts) => AwsFacts) =>
    plannedBeside({}, (of, nodes) => lbc.predict(of, nodes), ofLbc, change);

  function withRule(of: AwsFacts, side: "left" | "right", changes: Partial<RuleFacts>): AwsFacts {
    const { nodes, loadBalancer } = factsIn(of[side].firewall) ?? assert.fail();
    const [like = assert.fail()] = nodes;
    const more = { ...like, identity: { name: "more", id: "sgr-more" }, ...changes };
    return {
      ...of,
      [side]: { ...of[side], firewall: known({ nodes: [...nodes, more], loadBalancer }) },
    };
  }

  const ports: readonly Partial<RuleFacts>[] = [
    { ipProtocol: "tcp", fromPort: 22, toPort: 22 },
    { ipProtocol: "-1", fromPort: -1, toPort: -1 },
    { ipProtocol: "icmp", fromPort: 8, toPort: 0 },
  ];
  for (const more of ports)
    it(`is different if the nodes let in the load balancer's group to more: ${JSON.stringify(more)}`, async () => {
      const { verdict } = await besideLbc((of) => withRule(of, "right", more));
      assert.equal(verdict.kind, "different");
      assert.equal(verdict.reasons.length, 1, verdict.reasons.join("\n"));
    });

  it("tells that the group lets no path MTU discovery in, if the nodes do so for both", async () => {
    const { verdict, explanations } = await besideLbc((of) => of);
    assert.deepEqual(verdict.reasons, []);
    const entry = explanations.find(({ id }) => id === "security-groups-of-the-load-balancer");
    assert.match(entry?.why ?? "", /Here: the load balancer's group lets no path MTU discovery in/);
  });
});
