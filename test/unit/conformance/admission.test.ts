import assert from "node:assert/strict";
import { admissionObjects, isAdmitted } from "../../../conformance/admission.ts";

describe("the admission of specs' Services", () => {
  const admission = { annotations: { "example.com/type": "nlb" }, loadBalancerClass: "example.com/own" };

  it("is a policy that changes load balancers only, and its binding", () => {
    const [policy, binding] = admissionObjects(admission) as [
      { metadata: { name: string }; spec: Record<string, unknown> },
      { spec: { policyName: string } },
    ];
    assert.equal(binding.spec.policyName, policy.metadata.name);
    assert.deepEqual(policy.spec.matchConditions, [
      { name: "load-balancer", expression: "object.spec.type == 'LoadBalancer'" },
      { name: "without-class", expression: "!has(object.spec.loadBalancerClass)" },
    ]);
    assert.deepEqual(policy.spec.mutations, [
      {
        patchType: "ApplyConfiguration",
        applyConfiguration: {
          expression:
            'Object{metadata: Object.metadata{annotations: {"example.com/type":"nlb"}}, spec: Object.spec{loadBalancerClass: "example.com/own"}}',
        },
      },
    ]);
  });

  it("is in force once a Service gets all that it should", () => {
    const spec = { loadBalancerClass: "example.com/own" };
    const annotations = { "example.com/type": "nlb", other: "kept" };
    assert.equal(isAdmitted({ metadata: { annotations }, spec }, admission), true);
    assert.equal(isAdmitted({ metadata: { annotations }, spec: {} }, admission), false);
    assert.equal(isAdmitted({ metadata: {}, spec }, admission), false);
    assert.equal(isAdmitted({ metadata: { annotations }, spec }, { annotations }), false);
  });
});
