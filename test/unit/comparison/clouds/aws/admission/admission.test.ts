import assert from "node:assert/strict";
import { aws } from "../../../../../../comparison/clouds/aws/index.ts";
import type { AwsClusterFacts, AwsFacts, RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../../../comparison/difference/compare.ts";
import type { Judgement } from "../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../comparison/difference/compared.ts";
import type { Side } from "../../../../../../comparison/result/bySide.ts";
import { factsIn, known } from "../../../../../../comparison/model/sourceResult.ts";
import { cluster, facts } from "../../../difference/facts.ts";

function judged(of: AwsFacts): Judgement {
  return judge(comparedOf(of, aws), { traffic: [], statements: [] });
}

type Rule = Partial<RuleFacts> & Pick<RuleFacts, "source">;

const rules = (side: Side, of: AwsFacts = facts): readonly RuleFacts[] =>
  factsIn(of[side].firewall)?.nodes ?? assert.fail();

/** The program's rule on the left, or the controller's on the right, as it is for clients. */
function ofClients(side: Side): RuleFacts {
  return rules(side).find(({ ipProtocol }) => ipProtocol === "tcp") ?? assert.fail();
}

function others(side: Side): RuleFacts[] {
  return rules(side).filter((rule) => rule !== ofClients(side));
}

let made = 0;
/** A rule of somebody else's. */
function rule(changes: Rule): RuleFacts {
  made += 1;
  return {
    ...ofClients("left"),
    identity: { name: `sgr-${made}`, id: `sgr-${made}` },
    owner: "other",
    ...changes,
  };
}

function withRules(by: Partial<Record<Side, readonly RuleFacts[]>>, of: AwsFacts = facts): AwsFacts {
  const side = (name: Side): AwsFacts["left"] => {
    const nodes = by[name];
    return nodes === undefined ? of[name] : { ...of[name], firewall: known({ nodes, loadBalancer: [] }) };
  };
  return { ...of, left: side("left"), right: side("right") };
}

/** Clients only from the network, by the Service and by rules on both sides. */
function withRanges(ranges: readonly string[]): AwsFacts {
  const service = factsIn(facts.right.service) ?? assert.fail();
  const narrowed = {
    ...facts,
    right: { ...facts.right, service: known({ ...service, loadBalancerSourceRanges: ranges }) },
  };
  const from = (each: RuleFacts): RuleFacts[] =>
    ranges.map((source) => ({
      ...each,
      source,
      identity: { ...each.identity, id: `${each.identity.id}-${source}` },
    }));
  const mtu = {
    ...rule({ source: "" }),
    ipProtocol: "icmp",
    fromPort: 3,
    toPort: 4,
    owner: "program" as const,
  };
  const shared = ranges.map((source) => ({
    ...mtu,
    source,
    identity: { name: "kubernetes.io/rule/nlb/mtu", id: `sgr-mtu-${source}` },
  }));
  const health = cluster.subnets
    .filter(() => ranges.join() !== "0.0.0.0/0")
    .map(({ cidr }): RuleFacts => ({
      ...ofClients("right"),
      source: cidr,
      identity: {
        name: ofClients("right").identity.name.replace("client", "health"),
        id: `sgr-health-${cidr}`,
      },
    }));
  return withRules(
    {
      left: [...from(ofClients("left")), ...shared],
      right: [...from(ofClients("right")), ...health, ...shared],
    },
    narrowed,
  );
}

describe("rules of the nodes are judged by whom they let in", () => {
  it("as the fixture of this test is: the network's clients, by rules for each port", () => {
    const { verdict } = judged(withRanges(["10.0.0.0/8"]));
    assert.equal(verdict.kind, "equivalent", verdict.reasons.join("\n"));
  });

  it("one rule for all node ports covers the controller's, and opens those of other Services", () => {
    const of = withRanges(["10.0.0.0/8"]);
    const range = rule({ source: "10.0.0.0/8", fromPort: 30000, toPort: 32767 });
    const [left, right] = [
      [range, ...rules("left", of).filter(({ ipProtocol }) => ipProtocol === "icmp")],
      [range, ...rules("right", of)],
    ];
    const { verdict, explanations, opensMore, counts } = judged(withRules({ left, right }, of));
    assert.deepEqual(verdict.reasons, []);
    assert.equal(verdict.kind, "equivalent");
    assert.equal(counts.unexplained, 0);
    const why = explanations.find(({ id }) => id === "same-clients")?.why ?? "";
    assert.match(why, /by other rules.*Here: .*tcp 30000-32767 from 10\.0\.0\.0\/8 in sg-nodes/);
    assert.deepEqual(opensMore, [
      'The rule "tcp 30000-32767 from 10.0.0.0/8" in sg-nodes opens the node ports of other Services too.',
    ]);
  });

  const wide: readonly (readonly [Rule, string])[] = [
    [
      { source: "0.0.0.0/0", ipProtocol: "-1", fromPort: -1, toPort: -1 },
      'The rule "all traffic from 0.0.0.0/0" in sg-nodes opens the node ports of other Services too.',
    ],
    [
      { source: "0.0.0.0/0", ipProtocol: "-1", fromPort: 0, toPort: 0 },
      'The rule "all traffic from 0.0.0.0/0" in sg-nodes opens the node ports of other Services too.',
    ],
    [
      { source: "0.0.0.0/0", ipProtocol: "-1", fromPort: 31_301, toPort: 31_301 },
      'The rule "all traffic from 0.0.0.0/0" in sg-nodes opens the node ports of other Services too.',
    ],
    [
      { source: "pl-1", fromPort: 0, toPort: 65_535 },
      'The rule "tcp 0-65535 from pl-1" in sg-nodes opens the node ports of other Services too.',
    ],
    [
      { source: "10.0.0.0/8", ipProtocol: "icmp", fromPort: -1, toPort: -1 },
      'The rule "all icmp from 10.0.0.0/8" in sg-nodes opens more of ICMP than path MTU discovery.',
    ],
  ];
  for (const [more, sentence] of wide)
    it(`says so: ${sentence}`, () => {
      const { verdict, opensMore } = judged(withRules({ left: [...rules("left"), rule(more)] }));
      assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
      assert.deepEqual(opensMore, [sentence]);
    });

  it("one rule for all traffic, from others than the clients, is one reason", () => {
    const of = withRanges(["10.0.0.0/8"]);
    const all = rule({ source: "192.0.2.0/24", ipProtocol: "-1", fromPort: -1, toPort: -1 });
    const { verdict } = judged(withRules({ left: [...rules("left", of), all] }, of));
    assert.equal(verdict.reasons.length, 1, verdict.reasons.join("\n"));
    assert.match(
      verdict.reasons.join(),
      /192\.0\.2\.0\/24.*; to tcp <node port of http>, path MTU discovery/,
    );
  });

  it("a target group that no listener uses needs no rule for health checks", () => {
    const balancer = factsIn(facts.left.loadBalancer) ?? assert.fail();
    const [group = assert.fail()] = balancer.pools;
    const unused = { ...group, identity: { name: "unused", id: "arn:unused" }, port: 31_999 };
    const left = { ...facts.left, loadBalancer: known({ ...balancer, pools: [group, unused] }) };
    assert.deepEqual(judged({ ...facts, left }).verdict.reasons, [
      "the left has another target group, <target group without a listener>",
    ]);
  });

  it("says nothing of rules for the ports of the Service alone, and for path MTU discovery", () => {
    assert.deepEqual(judged(facts).opensMore, []);
  });

  it("a rule for another protocol at the node port is one reason", () => {
    const left = [...rules("left"), rule({ source: "::/0", ipProtocol: "udp" })];
    const { verdict } = judged(withRules({ left }));
    assert.deepEqual(verdict.reasons, [
      "the left has another rule on the nodes, sg-nodes: udp <node port of http> from ::/0",
    ]);
  });

  it("a wider rule on both sides lets in what source ranges were to close, which is a warning", () => {
    const of = withRanges(["10.0.0.0/16"]);
    const range = rule({ source: "10.0.0.0/8", fromPort: 30000, toPort: 32767 });
    const { opensMore } = judged(
      withRules({ left: [range, ...rules("left", of)], right: [range, ...rules("right", of)] }, of),
    );
    assert.match(opensMore.join(), /lets in more than loadBalancerSourceRanges names \(10\.0\.0\.0\/16\)/);
  });

  const same: readonly [what: string, left: readonly RuleFacts[]][] = [
    ["split", [rule({ source: "0.0.0.0/1" }), rule({ source: "128.0.0.0/1" }), ...others("left")]],
    ["doubled", [...rules("left"), ofClients("left")]],
    [
      "for a range of ports",
      [rule({ source: "0.0.0.0/0", fromPort: 31300, toPort: 31310 }), ...others("left")],
    ],
    ["for all traffic", [rule({ source: "0.0.0.0/0", ipProtocol: "-1", fromPort: -1, toPort: -1 })]],
    [
      "for all ICMP",
      [ofClients("left"), rule({ source: "0.0.0.0/0", ipProtocol: "icmp", fromPort: -1, toPort: -1 })],
    ],
    ["with a group that is let in anyway", [...rules("left"), rule({ source: "sg-bastion" })]],
    [
      "with a protocol by its number",
      [rule({ source: "0.0.0.0/0", ipProtocol: "6", fromPort: 31301, toPort: 31301 }), ...others("left")],
    ],
  ];
  for (const [what, left] of same) {
    it(`rules that let in the same clients are a known difference: ${what}`, () => {
      const { verdict } = judged(withRules({ left }));
      assert.deepEqual([verdict.kind, ...verdict.reasons], ["equivalent"]);
    });
  }

  const different: readonly [what: string, left: readonly RuleFacts[], reason: RegExp][] = [
    [
      "fewer clients",
      [{ ...ofClients("left"), source: "10.0.0.0/8" }, ...others("left")],
      /the left lets in 10\.0\.0\.0\/8, the right lets in 0\.0\.0\.0\/0; to tcp <node port of http>$/,
    ],
    [
      "clients by IPv6",
      [...rules("left"), rule({ source: "::/0" })],
      /the left lets in 0\.0\.0\.0\/0 and ::\/0/,
    ],
    [
      "only a group",
      [{ ...ofClients("left"), source: "sg-lb" }, ...others("left")],
      /the left lets in sg-lb/,
    ],
    [
      "only a prefix list",
      [{ ...ofClients("left"), source: "pl-1" }, ...others("left")],
      /the left lets in pl-1/,
    ],
    [
      "another range of ports",
      [rule({ source: "0.0.0.0/0", fromPort: 30000, toPort: 31300 }), ...others("left")],
      /the left lets in nobody|no rule lets the health checks/,
    ],
    [
      "no path MTU discovery",
      [ofClients("left")],
      /the left lets in nobody, the right lets in 0\.0\.0\.0\/0; to path MTU discovery/,
    ],
    [
      "another group of rules",
      rules("left").map((each) => ({ ...each, securityGroup: "sg-other" })),
      /rules on the nodes in sg-other: the left lets in 0\.0\.0\.0\/0, the right lets in nobody; on those in sg-nodes: the left lets in nobody, the right lets in 0\.0\.0\.0\/0; to /,
    ],
  ];
  for (const [what, left, reason] of different) {
    it(`rules that let in other clients are different: ${what}`, () => {
      const { verdict } = judged(withRules({ left }));
      assert.equal(verdict.kind, "different");
      assert.match(verdict.reasons.join("\n"), reason);
      assert.ok(verdict.reasons.length <= 3, verdict.reasons.join("\n"));
    });
  }

  it("groups that every node has together add up", () => {
    const together: AwsClusterFacts = { ...cluster, securityGroupsOfNodes: [["sg-nodes", "sg-other"]] };
    const left = rules("left").map((each) => ({ ...each, securityGroup: "sg-other" }));
    const moved = { ...withRules({ left }), cluster: known(together) };
    assert.deepEqual(judged(moved).verdict.reasons, []);
    const apart = {
      ...moved,
      cluster: known({ ...together, securityGroupsOfNodes: [["sg-nodes"], ["sg-other"]] }),
    };
    assert.equal(judged(apart).verdict.kind, "different");
  });

  it("names the groups of the nodes where only some of them differ, or not in the same way", () => {
    const mixed: AwsClusterFacts = {
      ...cluster,
      securityGroupsOfNodes: [["sg-nodes"], ["sg-nodes", "sg-gpu"], ["sg-other"]],
    };
    const onGpu = ofClients("left");
    const of = (left: readonly RuleFacts[]): readonly string[] =>
      judged({ ...withRules({ left }), cluster: known(mixed) }).verdict.reasons;
    const [moved, ...more] = of([...others("left"), { ...onGpu, securityGroup: "sg-gpu" }]);
    assert.deepEqual(more, []);
    assert.match(
      moved ?? "",
      /^firewall, rules on the nodes in sg-nodes: the left lets in nobody, the right lets in 0\.0\.0\.0\/0; to tcp/,
    );
    const [besides] = of([...rules("left"), { ...onGpu, securityGroup: "sg-other" }]);
    assert.match(
      besides ?? "",
      /nodes in sg-other: the left lets in 0\.0\.0\.0\/0, the right lets in nobody; to tcp/,
    );
  });

  it("say how full the nodes' groups are, if their rules were counted", () => {
    const counted: AwsClusterFacts = {
      ...cluster,
      nodeSecurityGroups: ["sg-empty", "sg-nodes"],
      inboundRules: {
        "sg-nodes": { count: 37, isLeast: true },
        "sg-that-no-controller-uses": { count: 9, isLeast: false },
      },
    };
    const { fillLevels = [] } = judged({ ...withRules({}), cluster: known(counted) });
    assert.deepEqual(
      fillLevels.map(({ group, used, isLeast, allowed, what }) => [group, used, isLeast, allowed, what]),
      [
        ["sg-empty", 0, false, 60, "inbound rules; AWS allows 60 unless the quota was raised"],
        ["sg-nodes", 37, true, 60, "inbound rules; AWS allows 60 unless the quota was raised"],
      ],
    );
    assert.equal("fillLevels" in judged(withRules({})), false);
  });

  it("health checks that are not let in keep a side from working, in a plan too", () => {
    const left = [{ ...ofClients("left"), source: "203.0.113.0/24" }, ...others("left")];
    for (const basis of ["measured", "planned"] as const) {
      const { reasons } = judged({ ...withRules({ left }), basis }).verdict;
      assert.ok(
        reasons.includes(
          "left: no rule lets the health checks from 10.0.0.0/20, 10.0.16.0/20, 10.0.32.0/20 in to tcp 31301 of the nodes",
        ),
        reasons.join("\n"),
      );
    }
  });

  it("does not know who is in a group, so a group may let the health checks in", () => {
    const left = [{ ...ofClients("left"), source: "sg-lb" }, ...others("left")];
    assert.doesNotMatch(judged(withRules({ left })).verdict.reasons.join("\n"), /health checks/);
  });
});
