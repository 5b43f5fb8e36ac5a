import assert from "node:assert/strict";
import { predict } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster, service } from "./cluster.ts";

const notItsOwn = (of: ServiceFacts): string => {
  const predicted = predict(of, cluster);
  if (predicted.kind !== "not its own") throw new Error(`not: ${predicted.kind}`);
  return predicted.reason;
};

describe("a Service that is not the cloud controller manager's", () => {
  for (const type of ["NodePort", "ClusterIP", "ExternalName"]) {
    it(`has the type ${type}`, () => {
      assert.match(notItsOwn(service({ type })), new RegExp(`^the Service's type is ${type};`));
    });
  }

  it("has a class of load balancers", () => {
    assert.match(
      notItsOwn(service({ loadBalancerClass: "service.k8s.aws/nlb" })),
      /loadBalancerClass is service\.k8s\.aws\/nlb/,
    );
  });

  for (const type of ["external", "nlb-ip"]) {
    it(`is annotated as ${type}`, () => {
      assert.match(
        notItsOwn(service({}, { type })),
        /the AWS Load Balancer Controller handles such a Service/,
      );
    });
  }

  it("gets a Classic Load Balancer: one that is annotated otherwise, or not at all", () => {
    assert.match(notItsOwn(service({}, { type: "NLB" })), /type is "NLB".*Classic Load Balancer/);
    assert.match(notItsOwn(service({}, { type: undefined })), /type is missing.*Classic Load Balancer/);
  });
});
