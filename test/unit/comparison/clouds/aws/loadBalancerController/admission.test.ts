import assert from "node:assert/strict";
import type { AwsFacts, NlbFacts, RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { aws } from "../../../../../../comparison/clouds/aws/index.ts";
import { judge } from "../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../comparison/difference/compared.ts";
import { factsIn, known } from "../../../../../../comparison/model/sourceResult.ts";
import { facts as both } from "../../../difference/facts.ts";
import { service as ofClass } from "./service.ts";

const own = { owner: "other: AWS Load Balancer Controller" } as const;
const rule = (changes: Partial<RuleFacts>): RuleFacts => ({
  identity: { name: "elbv2.k8s.aws/targetGroupBinding=shared", id: `sgr-${JSON.stringify(changes)}` },
  ...own,
  securityGroup: factsIn(both.cluster)?.nodeSecurityGroups[0] ?? "",
  ipProtocol: "tcp",
  fromPort: 0,
  toPort: 0,
  source: "sg-shared",
  ...changes,
});

/** What the program opens on the left, without path MTU discovery, which is another difference. */
const left = factsIn(both.left.firewall)?.nodes.filter(({ ipProtocol }) => ipProtocol !== "icmp") ?? [];
const [{ port: port, nodePort = 0 } = assert.fail()] = factsIn(both.right.service)?.ports ?? [];

const onNodes = rule({ fromPort: nodePort, toPort: nodePort });
const onBalancer = rule({
  securityGroup: "sg-own",
  owner: "other",
  fromPort: port,
  toPort: port,
  source: "0.0.0.0/0",
});

/** The pair of the stack dev, with the right side as this controller makes it: the load balancer has two groups, and the nodes let in the shared one. */
function withRules(nodes: readonly RuleFacts[], balancer: readonly RuleFacts[]): AwsFacts {
  const made: NlbFacts = factsIn(both.right.loadBalancer) ?? assert.fail();
  const service = factsIn(both.right.service) ?? assert.fail();
  return {
    ...both,
    left: { ...both.left, firewall: known({ nodes: left, loadBalancer: [] }) },
    right: {
      ...both.right,
      service: known({
        ...service,
        loadBalancerClass: ofClass().loadBalancerClass ?? "",
        finalizers: ["service.k8s.aws/resources"],
        loadBalancerSourceRanges: [],
        annotations: {},
      }),
      loadBalancer: known({
        ...made,
        ...own,
        securityGroups: ["sg-own", "sg-shared"],
        tags: {},
        listeners: made.listeners.map((each) => ({ ...each, ...own })),
        pools: made.pools.map((pool) => ({
          ...pool,
          ...own,
          tags: {},
          members: pool.members.map((member) => ({ ...member, ...own })),
        })),
      }),
      firewall: known({ nodes, loadBalancer: balancer }),
    },
  };
}

const verdictWith = (nodes: readonly RuleFacts[], balancer: readonly RuleFacts[]) =>
  judge(comparedOf(withRules(nodes, balancer), aws), { traffic: [], statements: [] }).verdict;

describe("clients by way of a load balancer's security groups", () => {
  it("are the same where its own group lets in whom the nodes of the other side let in", () => {
    const { kind, reasons } = verdictWith([onNodes], [onBalancer]);
    assert.deepEqual(reasons, []);
    assert.equal(kind, "equivalent");
  });

  it("are the same with ranges that are split", () => {
    const halves = ["0.0.0.0/1", "128.0.0.0/1"].map((source) => ({ ...onBalancer, source }));
    // They are not the rules that the controller makes, which remains a difference.
    assert.doesNotMatch(verdictWith([onNodes], halves).reasons.join("\n"), /lets in/);
  });

  it("are the same with a wider rule of the shared group, for other Services", () => {
    assert.equal(
      verdictWith([{ ...onNodes, fromPort: 30000, toPort: 32767 }], [onBalancer]).kind,
      "equivalent",
    );
  });

  const different: readonly [string, readonly RuleFacts[], readonly RuleFacts[]][] = [
    ["the load balancer lets nobody in", [onNodes], []],
    ["it lets in fewer", [onNodes], [{ ...onBalancer, source: "10.0.0.0/8" }]],
    ["it lets them in to another port", [onNodes], [{ ...onBalancer, fromPort: port + 1, toPort: port + 1 }]],
    ["it lets them in by another protocol", [onNodes], [{ ...onBalancer, ipProtocol: "udp" }]],
    [
      "the rule is in a group that the load balancer does not have",
      [onNodes],
      [{ ...onBalancer, securityGroup: "sg-x" }],
    ],
    ["the nodes let in another group", [{ ...onNodes, source: "sg-x" }], [onBalancer]],
    ["the nodes let it in to another port", [{ ...onNodes, fromPort: 1, toPort: 2 }], [onBalancer]],
    ["the nodes let nobody in", [], [onBalancer]],
    ["it lets them in to more ports", [onNodes], [onBalancer, { ...onBalancer, fromPort: 22, toPort: 22 }]],
  ];
  for (const [what, nodes, balancer] of different) {
    it(`are not the same if ${what}`, () => {
      assert.notEqual(verdictWith(nodes, balancer).kind, "equivalent");
    });
  }
});
