import assert from "node:assert/strict";
import { annotationNames } from "../../../../../../../comparison/clouds/aws/cloudControllerManager/annotations.ts";
import { aws } from "../../../../../../../comparison/clouds/aws/index.ts";
import { comparedOf } from "../../../../../../../comparison/difference/compared.ts";
import { differencesIn } from "../../../../../../../comparison/difference/differences.ts";
import type { Facts } from "../../../../../../../comparison/model/exposure.ts";
import type { AwsExposure } from "../../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../../../../comparison/model/sourceResult.ts";
import { facts } from "../../../../difference/facts.ts";

const cleanup = "service.kubernetes.io/load-balancer-cleanup";
const range = "203.0.113.0/24";

function withService(exposure: AwsExposure, changes: Partial<ServiceFacts>): AwsExposure {
  return {
    ...exposure,
    service: known({ ...(factsIn(exposure.service) ?? assert.fail()), ...changes }),
  };
}

/** With the rule for clients of this range instead of everybody. */
function openTo(exposure: AwsExposure, source: string): AwsExposure {
  const { nodes, loadBalancer } = factsIn(exposure.firewall) ?? assert.fail();
  const rules = nodes.map((rule) => (rule.ipProtocol === "tcp" ? { ...rule, source } : rule));
  return { ...exposure, firewall: known({ nodes: rules, loadBalancer }) };
}

/** A row: path, left, right. */
type Row = readonly [path: string, left: string | null, right: string | null];

/** What differs without a reason, and the reasons without their difference. */
function faults(compared: Facts): { unexplained: Row[]; missing: Row[] } {
  const { found, missing } = differencesIn(comparedOf(compared, aws));
  const rows = (list: readonly { path: string; left: string | null; right: string | null }[]): Row[] =>
    list.map(({ path, left, right }) => [path, left, right]);
  return {
    unexplained: rows(found.filter(({ explanation }) => explanation === null)),
    missing: rows(missing),
  };
}

const none = { unexplained: [], missing: [] };

const annotated = (more: Readonly<Record<string, string>>): Pick<ServiceFacts, "annotations"> => ({
  annotations: { [annotationNames.type]: "nlb", ...more },
});

describe("finalizers", () => {
  it("are compared one by one: another controller's on both Services is no difference", () => {
    const theirs = "example.com/archive";
    const left = withService(facts.left, { finalizers: [theirs] });
    const right = withService(facts.right, { finalizers: [theirs, cleanup] });
    assert.deepEqual(faults({ ...facts, left, right }), none);
  });

  it("of one Service only are a difference of their own, beside the cloud controller manager's", () => {
    const right = withService(facts.right, { finalizers: [cleanup, "example.com/archive"] });
    assert.deepEqual(faults({ ...facts, right }), {
      unexplained: [["service / finalizers / example.com/archive", null, "present"]],
      missing: [],
    });
  });

  it("without the cloud controller manager's lack what has to be there", () => {
    const right = withService(facts.right, { finalizers: [] });
    assert.deepEqual(faults({ ...facts, right }), {
      unexplained: [],
      missing: [[`service / finalizers / ${cleanup}`, null, "present"]],
    });
  });
});

describe("who may connect", () => {
  const nobodyNamed = { loadBalancerSourceRanges: [] };

  it("may be named in the LoadBalancer Service's specification", () => {
    const left = openTo(facts.left, range);
    const right = openTo(withService(facts.right, { loadBalancerSourceRanges: [range] }), range);
    assert.deepEqual(faults({ ...facts, left, right }), none);
  });

  it("may be left out where that means everybody", () => {
    assert.deepEqual(faults({ ...facts, right: withService(facts.right, nobodyNamed) }), none);
  });

  it("may be named in the annotation instead", () => {
    const told = annotated({ [annotationNames.sourceRanges]: range });
    const left = openTo(facts.left, range);
    const right = openTo(withService(facts.right, { ...nobodyNamed, ...told }), range);
    assert.deepEqual(faults({ ...facts, left, right }), none);
  });

  it("has to be what the hand-made way lets in, in whichever place it is named", () => {
    const told = annotated({ [annotationNames.sourceRanges]: range });
    const missing: Row[] = [["service / loadBalancerSourceRanges", "none", "0.0.0.0/0"]];
    const right = withService(facts.right, { ...nobodyNamed, ...told });
    assert.deepEqual(faults({ ...facts, right }), { unexplained: [], missing });
    const named = withService(facts.right, { loadBalancerSourceRanges: [range] });
    assert.deepEqual(faults({ ...facts, right: named }), {
      unexplained: [["service / loadBalancerSourceRanges", "none", range]],
      missing,
    });
  });
});

describe("a LoadBalancer Service that is not for this controller to make an NLB of", () => {
  const others: readonly [what: string, changes: Partial<ServiceFacts>][] = [
    ["without the annotation nlb, of which it makes a Classic Load Balancer", { annotations: {} }],
    ["with the annotation external", { annotations: { [annotationNames.type]: "external" } }],
    ["with another controller's class", { loadBalancerClass: "service.k8s.aws/nlb" }],
  ];
  for (const [what, changes] of others) {
    it(`differs for the reasons that hold for every controller, and for none of this one's: ${what}`, () => {
      const right = withService(facts.right, changes);
      const { found } = differencesIn(comparedOf({ ...facts, right }, aws));
      const explainedBy = (path: string) => found.find((each) => each.path === path)?.explanation;
      assert.equal(explainedBy("service / type"), "service-type");
      assert.equal(explainedBy("service / ingress"), "address-in-status");
      assert.equal(explainedBy("loadBalancer / owner"), null);
      assert.equal(explainedBy("loadBalancer / tags / kubernetes.io/cluster/dev"), null);
    });
  }
});
