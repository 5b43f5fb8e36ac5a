import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure, RuleFacts } from "../../../../comparison/clouds/aws/model.ts";
import { judge as judgeCompared } from "../../../../comparison/difference/compare.ts";
import type { Grounds, Judgement } from "../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import type { Exposure, Facts } from "../../../../comparison/model/exposure.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import type { Statement, TrafficReport } from "../../../../comparison/result/comparison.ts";
import { facts } from "./facts.ts";

const nothing = { traffic: [], statements: [] };

function judge(of: Facts, grounds: Grounds): Judgement {
  return judgeCompared(comparedOf(of, aws), grounds);
}

function withLeft(change: Partial<Exposure>): Facts {
  return { ...facts, left: { ...facts.left, ...change } };
}

describe("the judgement of facts", () => {
  it("is equivalent on the stack dev, in one sentence with its figures", () => {
    const { verdict, counts } = judge(facts, nothing);
    assert.deepEqual(verdict, {
      kind: "equivalent",
      sentence: `Equivalent: ${counts.same} aspects the same, ${counts.equivalent} different for a known reason, 0 unexplained; 71 predictions right, 0 wrong.`,
      reasons: [],
      causes: [],
    });
    assert.deepEqual([counts.different, counts.unexplained, counts.unknown], [0, 0, 0]);
  });

  it("covers every single value by one aspect", () => {
    const { aspects } = judge(facts, nothing);
    assert.equal(new Set(aspects.map(({ id }) => id)).size, aspects.length);
    const fields = aspects.map(({ section, title }) => `${section}: ${title}`);
    assert.ok(fields.includes("listeners: TCP 80: health check"));
    assert.ok(fields.includes("data path: at the node port"));
  });

  it("is incomplete if a source did not answer, even if all that is known is the same", () => {
    const dataPath = { kind: "unreachable", reason: "no answer within 20 s" } as const;
    const { verdict, aspects, counts } = judge(withLeft({ dataPath }), nothing);
    assert.equal(verdict.kind, "incomplete");
    assert.deepEqual(verdict.reasons, ["nodes' rules: no answer within 20 s"]);
    const row = aspects.find(({ section }) => section === "data path");
    assert.deepEqual([row?.verdict, row?.left, row?.right], ["unknown", "no answer within 20 s", "known"]);
    assert.equal(counts.unknown, 1);
  });

  it("is incomplete, not different, if something differs and a source did not answer", () => {
    const service = factsIn(facts.left.service);
    assert.ok(service !== undefined);
    const { verdict } = judge(
      withLeft({
        service: known({ ...service, sessionAffinity: "ClientIP" }),
        name: { kind: "unreachable", reason: "no answer within 10 s" },
      }),
      nothing,
    );
    assert.equal(verdict.kind, "incomplete");
    assert.equal(verdict.reasons.length, 2);
  });

  it("is incomplete if the cluster is not known, and checks no prediction then", () => {
    const cluster = { kind: "unreachable", reason: "not permitted: ec2:DescribeInstances" } as const;
    const { verdict, predictions } = judge({ ...facts, cluster }, nothing);
    assert.equal(verdict.kind, "incomplete");
    assert.deepEqual(
      predictions.map(({ outcome, reason }) => [outcome, reason]),
      [["not checked", "not permitted: ec2:DescribeInstances"]],
    );
  });

  it("can be equivalent without an unavailable source, and reports it", () => {
    const dataPath = { kind: "unavailable", reason: "no way into the nodes" } as const;
    const unseen = { ...facts, left: { ...facts.left, dataPath }, right: { ...facts.right, dataPath } };
    const { verdict, aspects } = judge(unseen, nothing);
    assert.equal(verdict.kind, "equivalent");
    assert.match(verdict.sentence, /0 wrong; not seen: nodes' rules\.$/);
    assert.equal(aspects.find(({ section }) => section === "data path")?.verdict, "not seen");
  });

  it("is different, with the row and the path, if one value has no reason", () => {
    const service = factsIn(facts.left.service);
    assert.ok(service !== undefined);
    const changed = withLeft({ service: known({ ...service, selector: { app: "another" } }) });
    const { verdict, aspects, counts } = judge(changed, nothing);
    assert.equal(verdict.kind, "different");
    assert.equal(verdict.sentence, "Different: 2 reasons.");
    assert.deepEqual(
      aspects
        .filter((aspect) => aspect.verdict === "different")
        .map(({ id, left, right }) => [id, left, right]),
      [["Service: selector", "app=another", "app.kubernetes.io/name=echo"]],
    );
    assert.equal(counts.unexplained, 2);
  });

  it("does not blame a side for being more alike than a reason expects", () => {
    const service = factsIn(facts.left.service);
    assert.ok(service !== undefined);
    const finalizers = ["service.kubernetes.io/load-balancer-cleanup"];
    const { verdict, missing } = judge(withLeft({ service: known({ ...service, finalizers }) }), nothing);
    assert.equal(verdict.kind, "equivalent");
    assert.deepEqual(
      missing.map(({ explanation, path }) => [explanation, path]),
      [["finalizer", "service / finalizers / service.kubernetes.io/load-balancer-cleanup"]],
    );
  });

  it("is different if requests went astray", () => {
    const traffic: TrafficReport[] = [
      {
        side: "LoadBalancer",
        sent: 200,
        answered: 197,
        byPod: {},
        byNode: {},
        clientAddresses: [],
        shortcomings: ["3 of 200 requests failed: connection refused"],
      },
    ];
    const { verdict } = judge(facts, { ...nothing, traffic });
    assert.deepEqual(verdict.reasons, ["LoadBalancer: 3 of 200 requests failed: connection refused"]);
    assert.equal(verdict.kind, "different");
  });

  it("is different if the run contradicts a statement's verdict", () => {
    const statement: Statement = {
      id: "x",
      saidBy: "question",
      statement: "A node port is the same on each node.",
      verdict: "true",
      why: "",
      evidence: "node-b has another",
      contradicts: true,
      notTried: null,
      source: "",
    };
    const { verdict } = judge(facts, { ...nothing, statements: [statement] });
    assert.equal(verdict.kind, "different");
    assert.match(
      verdict.reasons.join(),
      /has the verdict true, and this run contradicts it: node-b has another/,
    );
  });

  it("compares load balancers' own security groups by what their rules let in", () => {
    const withGroup = (side: AwsExposure, group: string, source: string): AwsExposure => {
      const balancer = factsIn(side.loadBalancer) ?? assert.fail();
      const firewall = factsIn(side.firewall) ?? assert.fail();
      const rule: RuleFacts = {
        identity: { name: `sgr-${group}`, id: `sgr-${group}` },
        owner: "other",
        securityGroup: group,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        source,
      };
      return {
        ...side,
        loadBalancer: known({ ...balancer, securityGroups: [group] }),
        firewall: known({ ...firewall, loadBalancer: [rule] }),
      };
    };
    const groupsAndRules = (source: string): readonly string[] =>
      judge(
        {
          ...facts,
          left: withGroup(facts.left, "sg-left", "0.0.0.0/0"),
          right: withGroup(facts.right, "sg-right", source),
        },
        nothing,
      )
        .aspects.filter(({ title }) => /^(security groups|rules of the load balancer)$/.test(title))
        .map(({ title, left, right, verdict }) => [title, left, right, verdict].join(", "));
    assert.deepEqual(groupsAndRules("0.0.0.0/0"), [
      "security groups, <own security group>, <own security group>, same",
      "rules of the load balancer, tcp 80 from 0.0.0.0/0, tcp 80 from 0.0.0.0/0, same",
    ]);
    assert.deepEqual(groupsAndRules("10.0.0.0/8"), [
      "security groups, <own security group>, <own security group>, same",
      "rules of the load balancer, tcp 80 from 0.0.0.0/0, tcp 80 from 10.0.0.0/8, different",
    ]);
  });

  it("is the same the other way round", () => {
    const turned = judge({ ...facts, left: facts.right, right: facts.left }, nothing);
    assert.equal(turned.verdict.sentence, judge(facts, nothing).verdict.sentence);
    assert.equal(turned.left.title, "LoadBalancer");
  });

  it("tells two Services of one type apart by their names", () => {
    const service = factsIn(facts.left.service) ?? assert.fail();
    const other = { ...service, identity: { ...service.identity, name: "other" } };
    const { left, right } = judge({ ...facts, right: { ...facts.left, service: known(other) } }, nothing);
    assert.deepEqual([left.title, right.title], ["nodeport-1/nodeport-2", "nodeport-1/other"]);
  });

  it("tells two states of one Service apart by their sides", () => {
    const { left, right } = judge({ ...facts, right: facts.left }, nothing);
    assert.deepEqual(
      [left.title, right.title],
      ["nodeport-1/nodeport-2 (left)", "nodeport-1/nodeport-2 (right)"],
    );
    assert.deepEqual([left.service, right.service], ["nodeport-1/nodeport-2", "nodeport-1/nodeport-2"]);
  });
});
