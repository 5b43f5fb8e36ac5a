import assert from "node:assert/strict";
import { aws } from "../../../../../../comparison/clouds/aws/index.ts";
import { serviceControllers } from "../../../../../../comparison/clouds/aws/foreign/makers.ts";
import type { AwsFacts, NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { ownerByDescription, ownerByTags } from "../../../../../../comparison/clouds/aws/owners.ts";
import { controllerOf } from "../../../../../../comparison/clouds/cloud.ts";
import { judge } from "../../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../../comparison/difference/compared.ts";
import type { Owner } from "../../../../../../comparison/model/owner.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../../../comparison/model/sourceResult.ts";
import { facts } from "../../../difference/facts.ts";
import { prefix, service } from "../cloudControllerManager/cluster.ts";

describe("who made an object on AWS, by other marks than the cloud controller's", () => {
  const byTags: readonly [string, Record<string, string>, Owner][] = [
    ["the cluster's tag", { "elbv2.k8s.aws/cluster": "dev" }, "other: AWS Load Balancer Controller"],
    ["a stack's tag", { "service.k8s.aws/stack": "web/cloud" }, "other: AWS Load Balancer Controller"],
    ["a tag of EKS", { "eks:eks-cluster-name": "dev" }, "other: EKS Auto Mode"],
    [
      "a resource's tag of EKS",
      { "service.eks.amazonaws.com/resource": "LoadBalancer" },
      "other: EKS Auto Mode",
    ],
    [
      "a tag of the control plane",
      { "sigs.k8s.io/cluster-api-provider-aws/cluster/dev": "owned" },
      "other: Cluster API",
    ],
    ["a tag of kops", { "kops.k8s.io/instancegroup": "nodes" }, "other: kops"],
    ["no such tag", { "elbv2.k8s.aws/clusters": "dev" }, "other"],
  ];
  for (const [what, tags, owner] of byTags) {
    it(`is ${owner} with ${what}`, () => {
      assert.equal(ownerByTags(tags), owner);
    });
  }

  it("is the AWS Load Balancer Controller with a rule's description as it writes them", () => {
    const description = "elbv2.k8s.aws/targetGroupBinding=shared";
    assert.equal(ownerByDescription(description), "other: AWS Load Balancer Controller");
  });
});

describe("the controller of a Service", () => {
  const cases: readonly [string, ServiceFacts, string][] = [
    ["the cloud's own", service(), "the AWS cloud controller manager"],
    ["by class", service({ loadBalancerClass: "service.k8s.aws/nlb" }), "the AWS Load Balancer Controller"],
    ["by class of EKS", service({ loadBalancerClass: "eks.amazonaws.com/nlb" }), "EKS Auto Mode"],
    [
      "by annotations",
      service({}, { type: "external", "nlb-target-type": "ip" }),
      "the AWS Load Balancer Controller",
    ],
    ["by old annotation", service({}, { type: "nlb-ip" }), "the AWS Load Balancer Controller"],
    [
      "by class before annotation",
      service({ loadBalancerClass: "eks.amazonaws.com/nlb" }, { type: "external" }),
      "EKS Auto Mode",
    ],
    [
      "of an unknown class: the cloud's own, which says that it is not its own",
      service({ loadBalancerClass: "example.com/nobody" }),
      "the AWS cloud controller manager",
    ],
  ];
  for (const [what, of, title] of cases) {
    it(`is known ${what}`, () => {
      assert.equal(controllerOf(aws, of).title, title);
    });
  }
});

/** The pair of the stack dev, with the right side as another controller makes it: owners, tags, finalizer. */
function madeBy(tags: Record<string, string>): AwsFacts {
  const [{ owner, finalizer, classes } = assert.fail()] = serviceControllers;
  const balancer: NlbFacts = factsIn(facts.right.loadBalancer) ?? assert.fail();
  const own: ServiceFacts = factsIn(facts.right.service) ?? assert.fail();
  const firewall = factsIn(facts.right.firewall) ?? assert.fail();
  const right = {
    ...facts.right,
    service: known({ ...own, loadBalancerClass: classes[0] ?? "", finalizers: [finalizer] }),
    loadBalancer: known({
      ...balancer,
      owner,
      tags,
      listeners: balancer.listeners.map((each) => ({ ...each, owner })),
      pools: balancer.pools.map((pool) => ({
        ...pool,
        owner,
        tags,
        members: pool.members.map((member) => ({ ...member, owner })),
      })),
    }),
    firewall: known({
      ...firewall,
      nodes: firewall.nodes.map((rule) => (rule.owner === "cloud controller" ? { ...rule, owner } : rule)),
    }),
  };
  return { ...facts, right };
}

describe("a load balancer of another controller", () => {
  const autoMode = madeBy({ "eks:eks-cluster-name": "dev" });

  it("is named, and not predicted", () => {
    const { aspects, predictions } = judge(comparedOf(autoMode, aws), { traffic: [], statements: [] });
    const [row] = aspects.filter(({ title }) => title === "made by");
    assert.equal(row?.right, "other: EKS Auto Mode");
    assert.deepEqual(
      predictions.map(({ outcome, reason }) => [outcome, reason]),
      [
        [
          "not checked",
          "EKS Auto Mode makes this Service's load balancer, by its loadBalancerClass eks.amazonaws.com/nlb; there is no model of it",
        ],
      ],
    );
  });

  it("differs for known reasons in its owner, its marks, its class and the type", () => {
    const { verdict, explanations } = judge(comparedOf(autoMode, aws), { traffic: [], statements: [] });
    assert.deepEqual(verdict.reasons, []);
    const ids = explanations.map(({ id }) => id);
    for (const id of [
      "service-type",
      "load-balancer-class",
      "address-in-status",
      "who-owns-it",
      "tags-of-the-controller",
      "finalizer",
    ]) {
      assert.ok(ids.includes(id), id);
    }
  });

  it("is not predicted either if the cloud controller claims the Service", () => {
    const unclaimed: ServiceFacts = factsIn(facts.right.service) ?? assert.fail();
    const right = { ...autoMode.right, service: known(unclaimed) };
    const { predictions } = judge(comparedOf({ ...autoMode, right }, aws), { traffic: [], statements: [] });
    assert.equal(predictions[0]?.outcome, "not checked");
  });

  it("reads its own annotations, and names those without effect", () => {
    const of = service(
      { loadBalancerClass: "eks.amazonaws.com/nlb" },
      { scheme: "internal", "connection-idle-timeout": "60", schem: "internal" },
    );
    const annotations = { ...of.annotations, "service.kubernetes.io/aws-load-balancer-name": "edge" };
    assert.deepEqual(
      controllerOf(aws, of)
        .withoutEffect({ ...of, annotations })
        .map(({ name, instead }) => [name.replace(prefix, ""), instead?.replace(prefix, "")]),
      [
        ["connection-idle-timeout", undefined],
        ["schem", "scheme"],
      ],
    );
  });
});
