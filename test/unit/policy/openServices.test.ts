import assert from "node:assert/strict";
import { openServices } from "../../../policy/rules/openServices.ts";

const problems = (spec: object, annotations: object = {}): string[] =>
  openServices({ type: "kubernetes:core/v1:Service", props: { metadata: { annotations }, spec } });

const type = "LoadBalancer";

describe("the policy that a LoadBalancer Service names its clients", () => {
  it("refuses one without source ranges, which is open to everybody", () => {
    assert.match(problems({ type }).join(), /no loadBalancerSourceRanges, so .* to everybody/);
    assert.equal(problems({ type, loadBalancerSourceRanges: [] }).length, 1);
  });

  it("refuses the world, in the field or in the annotation", () => {
    assert.match(problems({ type, loadBalancerSourceRanges: ["0.0.0.0/0"] }).join(), /has 0\.0\.0\.0\/0, to/);
    const annotation = {
      "service.beta.kubernetes.io/load-balancer-source-ranges": "203.0.113.0/24, 0.0.0.0/0",
    };
    assert.equal(problems({ type }, annotation).length, 1);
    // The controller does not read the annotation then.
    assert.deepEqual(problems({ type, loadBalancerSourceRanges: ["203.0.113.0/24"] }, annotation), []);
  });

  it("allows networks, other types, and Services of controllers that open the nodes to the load balancer alone", () => {
    assert.deepEqual(problems({ type, loadBalancerSourceRanges: ["203.0.113.0/24"] }), []);
    assert.deepEqual(problems({ type: "NodePort" }), []);
    assert.deepEqual(problems({ type, loadBalancerClass: "service.k8s.aws/nlb" }), []);
    const ofType = (value: string): string[] =>
      problems({ type }, { "service.beta.kubernetes.io/aws-load-balancer-type": value });
    assert.deepEqual(ofType("external"), []);
    assert.deepEqual(ofType("nlb-ip"), []);
    assert.equal(ofType("nlb").length, 1);
    assert.deepEqual(openServices({ type: "kubernetes:apps/v1:Deployment", props: { spec: { type } } }), []);
  });
});
