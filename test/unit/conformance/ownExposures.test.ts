import assert from "node:assert/strict";
import { exposureOf } from "../../../conformance/ownExposures.ts";

describe("the other exposure of a spec's Service", () => {
  const metadata = { namespace: "loadbalancers-1", name: "test", uid: "1" };
  const selector = { name: "test" };

  it("has the same pods, ports and policy, and lets everybody in", () => {
    const ports = [{ name: "http", port: 80, targetPort: "web" }];
    assert.deepEqual(exposureOf({ metadata, spec: { selector, externalTrafficPolicy: "Local", ports } }), {
      namespace: "loadbalancers-1",
      selector,
      ports,
      externalTrafficPolicy: "Local",
      loadBalancerSourceRanges: ["0.0.0.0/0"],
    });
  });

  it("gives a port a name if it has none", () => {
    const { ports, externalTrafficPolicy } = exposureOf({
      metadata,
      spec: { selector, ports: [{ port: 80, targetPort: 8080 }] },
    });
    assert.deepEqual(ports, [{ name: "port-80", port: 80, targetPort: 8080 }]);
    assert.equal(externalTrafficPolicy, "Cluster");
  });
});
