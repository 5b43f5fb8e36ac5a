import assert from "node:assert/strict";
import { defaultConfiguration } from "../../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import { predict } from "../../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { aws } from "../../../../../../../comparison/clouds/aws/index.ts";
import type { AwsFacts, RuleFacts } from "../../../../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../../../../comparison/difference/compare.ts";
import type { Judgement } from "../../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../../comparison/difference/compared.ts";
import { factsIn, known } from "../../../../../../../comparison/model/sourceResult.ts";
import { cluster, facts } from "../../../../difference/facts.ts";
import { planned } from "../../../../plan/planned.ts";

const group = "sg-managed";
const service = factsIn(facts.right.service) ?? assert.fail();
const balancer = {
  ...(factsIn(facts.right.loadBalancer) ?? assert.fail()),
  securityGroups: [group],
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "on",
};
const ofNodes = factsIn(facts.right.firewall)?.nodes ?? assert.fail();
const managed = { ...defaultConfiguration, managesSecurityGroups: true };
const predicted = predict(service, cluster, balancer, managed);
assert.ok(predicted.kind === "made");
/** As the controller makes them. */
const ofBalancer = predicted.firewall.loadBalancer.map((rule, index) => ({
  ...rule,
  identity: { name: "", id: `sgr-balancer-${index}` },
}));

function withRules(nodes: readonly RuleFacts[], loadBalancer: readonly RuleFacts[]): AwsFacts {
  const firewall = known({ nodes, loadBalancer });
  return { ...facts, right: { ...facts.right, loadBalancer: known(balancer), firewall } };
}

function judged(of: AwsFacts): Judgement {
  return judge(comparedOf(of, aws), { traffic: [], statements: [] });
}

interface Hops {
  readonly nodes: readonly RuleFacts[];
  readonly balancer: readonly RuleFacts[];
}
const asMade: Hops = { nodes: ofNodes, balancer: ofBalancer };

const verdictOn = ({ nodes, balancer: rules }: Hops): Judgement["verdict"] =>
  judged(withRules(nodes, rules)).verdict;

/** Each rule in turn with these changes, or without it. */
function changedOneByOne(
  rules: readonly RuleFacts[],
  change: (rule: RuleFacts) => readonly RuleFacts[],
): (readonly RuleFacts[])[] {
  return rules.map((rule, index) => rules.toSpliced(index, 1, ...change(rule)));
}

const changes: Readonly<Record<string, (rule: RuleFacts) => readonly RuleFacts[]>> = {
  "is missing": () => [],
  "lets in fewer": (rule) => [{ ...rule, source: "10.0.0.0/8" }],
  "lets in half": (rule) => [{ ...rule, source: "0.0.0.0/1" }],
  "lets in a group that nobody knows": (rule) => [{ ...rule, source: "sg-x" }],
  "is for another port": (rule) => [{ ...rule, fromPort: 22, toPort: 22 }],
  "is for another protocol": (rule) => [{ ...rule, ipProtocol: "udp" }],
  "is in another group": (rule) => [{ ...rule, securityGroup: "sg-x" }],
};

describe("the security group that the cloud controller manager manages", () => {
  it("is a known difference where the same clients reach the same ports", () => {
    const { verdict, explanations, predictions } = judged(withRules(ofNodes, ofBalancer));
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    assert.equal(predictions[0]?.configuration, "NLBSecurityGroupMode=Managed");
    const entry = explanations.find(({ id }) => id === "managed-security-group");
    assert.match(entry?.why ?? "", /clients can connect to the node ports past the load balancer/);
  });

  it("is so the other way round", () => {
    const { left, right, ...rest } = withRules(ofNodes, ofBalancer);
    assert.equal(judged({ ...rest, left: right, right: left }).verdict.kind, "equivalent");
  });

  it("explains nothing of a load balancer without a group", () => {
    assert.ok(judged(facts).explanations.every(({ id }) => id !== "managed-security-group"));
  });

  for (const [what, change] of Object.entries(changes)) {
    it(`is no equal way if a rule of the load balancer ${what}`, () => {
      for (const balancer of changedOneByOne(ofBalancer, change)) {
        const { kind, reasons } = verdictOn({ ...asMade, balancer });
        assert.equal(kind, "different");
        assert.equal(reasons.length, 1, reasons.join("\n"));
        assert.match(
          reasons[0] ?? "",
          /the left lets in 0\.0\.0\.0\/0, the right lets in .+ at the load balancer/,
        );
      }
    });

    it(`is no equal way if a rule on the nodes ${what}`, () => {
      for (const nodes of changedOneByOne(ofNodes, change)) {
        const { kind, reasons } = verdictOn({ ...asMade, nodes });
        assert.equal(kind, "different");
        assert.match(reasons.join("\n"), /the left lets in 0\.0\.0\.0\/0, the right lets in .+; to /);
      }
    });
  }

  it("is no equal way if the load balancer lets in to one more port", () => {
    const [rule = assert.fail()] = ofBalancer;
    const { kind, reasons } = verdictOn({
      ...asMade,
      balancer: [...ofBalancer, { ...rule, fromPort: 22, toPort: 22 }],
    });
    assert.equal(kind, "different");
    assert.equal(reasons.length, 1, reasons.join("\n"));
    assert.match(reasons[0] ?? "", /another rule of the load balancer, <own security group>: tcp 22/);
  });

  it("names who where its group has no rule at all", () => {
    const { kind, reasons } = verdictOn({ ...asMade, balancer: [] });
    assert.equal(kind, "different");
    assert.match(reasons.join("\n"), /the right lets in nobody at the load balancer/);
  });

  for (const ranges of ["0.0.0.0/0", "203.0.113.0/24", "10.0.0.0/8"])
    it(`is a known difference in a plan with clients from ${ranges}`, async () => {
      const plan = await planned({
        config: { loadBalancerSourceRanges: JSON.stringify([ranges]) },
        predict: (of, nodes) => predict(of, nodes, undefined, managed),
      });
      const { verdict } = judged(plan);
      assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    });
});
