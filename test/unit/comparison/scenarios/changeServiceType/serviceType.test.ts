import assert from "node:assert/strict";
import { V1Service } from "@kubernetes/client-node";
import {
  otherType,
  typeOf,
  typePatch,
} from "../../../../../comparison/scenarios/changeServiceType/serviceType.ts";
import { fakeTestbed, fakeTarget } from "../fakeTestbed.ts";

const annotations = { "example.org/type": "network" };
const byDefault = { annotations, left: [], loadBalancerClass: undefined };
const byClass = { annotations, left: [], loadBalancerClass: "example.org/network" };

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

  it("asks for the cloud's load balancer, for clients of the same ranges", () => {
    assert.deepEqual(typePatch("LoadBalancer", byDefault, ["10.0.0.0/16"]), {
      metadata: { annotations },
      spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/16"] },
    });
  });

  it("leaves the annotations on a Service that is of type NodePort again: by them the controller finds what to delete", () => {
    assert.deepEqual(typePatch("NodePort", byClass, ["10.0.0.0/16"]), {
      spec: { type: "NodePort", loadBalancerSourceRanges: null, loadBalancerClass: null },
    });
  });

  it("forgets a load balancer that its controller names there still, though it is deleted", () => {
    const leaving = { ...byDefault, left: ["example.org/id"] };
    assert.deepEqual(typePatch("LoadBalancer", leaving, ["10.0.0.0/16"]), {
      metadata: { annotations: { ...annotations, "example.org/id": null } },
      spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/16"] },
    });
  });

  it("names a controller's class together with the type, since it cannot be set later", () => {
    assert.deepEqual(typePatch("LoadBalancer", byClass, ["10.0.0.0/16"]), {
      metadata: { annotations },
      spec: {
        type: "LoadBalancer",
        loadBalancerSourceRanges: ["10.0.0.0/16"],
        loadBalancerClass: "example.org/network",
      },
    });
  });
});
