import assert from "node:assert/strict";
import { ineligibility } from "../../../../comparison/sources/eligibility.ts";
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

  it("refuses a LoadBalancer that is still pending, and says where its events are", () => {
    assert.equal(
      ineligibility(cloud, serviceOf(cloud, { ingress: [] })),
      "Service web/cloud has no load balancer yet; its events show what the controller is doing: kubectl describe service cloud --namespace web",
    );
  });
});
