import assert from "node:assert/strict";
import { limitOf, limits } from "../../../conformance/limits.ts";

describe("limits of the lab in Kubernetes' specs", () => {
  it("are found by a spec's name, or by what it says itself", () => {
    const affinity =
      "[sig-network] LoadBalancers [Feature:LoadBalancer] should have session affinity work for LoadBalancer service with Local traffic policy [Slow]";
    assert.match(limitOf(affinity, "timed out")?.reason ?? "", /unsupported load balancer affinity/);
    assert.match(limitOf("any", "LoadBalancer uses 'Proxy' IPMode")?.reason ?? "", /skips itself/);
  });

  it("excuse nothing of Services, nor what a load balancer can do", () => {
    for (const name of [
      "[sig-network] Services should have session affinity work for NodePort service [LinuxOnly] [Conformance]",
      "[sig-network] Services should be able to create a functioning NodePort service [Conformance]",
      "[sig-network] LoadBalancers [Feature:LoadBalancer] should be able to change the type and ports of a TCP service [Slow]",
      "[sig-network] LoadBalancers [Feature:LoadBalancer] should not have connectivity disruption during rolling update with externalTrafficPolicy=Local [Slow]",
      "[sig-network] Conntrack should be able to preserve UDP traffic when server pod cycles for a NodePort service",
      "[sig-network] Proxy version v1 should proxy through a service and a pod [Conformance]",
    ])
      assert.equal(limitOf(name, "timed out"), undefined, name);
  });

  it("each have one reason in a line or two", () => {
    for (const { reason } of limits) assert.match(reason, /^[A-Z].{20,160}\.$/);
  });
});
