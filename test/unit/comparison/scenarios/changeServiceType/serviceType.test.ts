import assert from "node:assert/strict";
import { V1Service } from "@kubernetes/client-node";
import {
  otherType,
  typeOf,
  typePatch,
} from "../../../../../comparison/scenarios/changeServiceType/serviceType.ts";
import { fakeTestbed, fakeTarget } from "../fakeTestbed.ts";

const annotation = "service.beta.kubernetes.io/aws-load-balancer-type";

describe("a Service's type", () => {
  it("is one of two, and any other is an error that names it", async () => {
    const testbed = (type: string) =>
      fakeTestbed({
        cluster: { service: () => Promise.resolve(Object.assign(new V1Service(), { spec: { type } })) },
      });
    assert.equal(otherType(await typeOf(testbed("NodePort"), fakeTarget("left"))), "LoadBalancer");
    assert.equal(otherType(await typeOf(testbed("LoadBalancer"), fakeTarget("left"))), "NodePort");
    await assert.rejects(typeOf(testbed("ClusterIP"), fakeTarget("left")), /left: .* ClusterIP/);
  });

  it("asks for a Network Load Balancer, for clients of the same ranges", () => {
    assert.deepEqual(typePatch("LoadBalancer", ["10.0.0.0/16"]), {
      metadata: { annotations: { [annotation]: "nlb" } },
      spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/16"] },
    });
  });

  it("leaves the annotation to a Service that is of type NodePort again, by which the controller finds what to delete", () => {
    assert.deepEqual(typePatch("NodePort", ["10.0.0.0/16"]), {
      spec: { type: "NodePort", loadBalancerSourceRanges: null },
    });
  });
});
