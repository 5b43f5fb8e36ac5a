import assert from "node:assert/strict";
import { ineligibility, isPending, pendingReason } from "../../../../comparison/sources/eligibility.ts";
import { cloud, plain, serviceOf } from "./account.ts";

describe("whether a Service can be compared", () => {
  it("lets one of type NodePort and one of type LoadBalancer", () => {
    assert.equal(ineligibility(plain, serviceOf(plain)), undefined);
    assert.equal(ineligibility(cloud, serviceOf(cloud)), undefined);
  });

  it("refuses one that is not there, and says how to see those that are", () => {
    assert.equal(
      ineligibility(plain, undefined),
      "there is no Service web/plain; kubectl get services --all-namespaces lists all Services",
    );
  });

  it("refuses one of type ClusterIP, and names the allowed types", () => {
    assert.equal(
      ineligibility(plain, serviceOf(plain, { type: "ClusterIP" })),
      "Service web/plain is of type ClusterIP, which is reachable only inside the cluster; only NodePort and LoadBalancer can be compared: kubectl get services --all-namespaces shows the types",
    );
  });

  it("refuses one of type ExternalName, also without ports", () => {
    assert.match(
      ineligibility(plain, serviceOf(plain, { type: "ExternalName", ports: [] })) ?? "",
      /^Service web\/plain is of type ExternalName, which is an alias for an external name, and forwards nothing;/,
    );
  });

  it("refuses one without ports", () => {
    assert.equal(
      ineligibility(plain, serviceOf(plain, { ports: [] })),
      "Service web/plain has no ports, so nothing can reach it; add at least one under spec.ports",
    );
  });

  it("refuses one that is being deleted, and names its finalizers", () => {
    const finalizers = ["service.kubernetes.io/load-balancer-cleanup", "example.com/archive"];
    assert.equal(
      ineligibility(cloud, serviceOf(cloud, { finalizers }), true),
      "Service web/cloud is being deleted, and waits for service.kubernetes.io/load-balancer-cleanup, example.com/archive; compare another Service",
    );
    assert.match(
      ineligibility(plain, serviceOf(plain), true) ?? "",
      /^Service web\/plain is being deleted, and waits for nothing;/,
    );
  });

  it("refuses one that is being deleted, even if its load balancer is deleted already", () => {
    assert.match(ineligibility(cloud, serviceOf(cloud, { ingress: [] }), true) ?? "", /is being deleted/);
  });
});

describe("a pending Service", () => {
  const failed = {
    reason: "SyncLoadBalancerFailed",
    message: "Error syncing load balancer: unsupported load balancer affinity: ClientIP",
    times: 3,
    last: "2026-11-24T03:40:12.000Z",
  };

  it("is a LoadBalancer Service without an address", () => {
    assert.ok(isPending(serviceOf(cloud, { ingress: [] })));
    assert.ok(!isPending(serviceOf(cloud)));
    assert.ok(!isPending(serviceOf(plain)));
  });

  it("has the model's reason first, then the last warning", () => {
    assert.equal(
      pendingReason(cloud, "refused: sessionAffinity is ClientIP; allowed is None", [failed]),
      "Service web/cloud has no load balancer yet: refused: sessionAffinity is ClientIP; allowed is None; its last warning is SyncLoadBalancerFailed: Error syncing load balancer: unsupported load balancer affinity: ClientIP (3 times, last at 2026-11-24 03:40 UTC)",
    );
  });

  it("has the last warning alone, if the model knows no reason", () => {
    assert.match(
      pendingReason(cloud, undefined, [failed]),
      /^Service web\/cloud has no load balancer yet; its last warning is SyncLoadBalancerFailed: /,
    );
  });

  it("says where its events are, if neither is known", () => {
    assert.equal(
      pendingReason(cloud, undefined, []),
      "Service web/cloud has no load balancer yet; its events show what the controller is doing: kubectl describe service cloud --namespace web",
    );
  });
});
