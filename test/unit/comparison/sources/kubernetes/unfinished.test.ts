import assert from "node:assert/strict";
import {
  unfinishedNamespaces,
  unfinishedServices,
} from "../../../../../comparison/sources/kubernetes/unfinished.ts";
import { cloud, received, v1Service } from "../account.ts";

// As the API server sends it.
const deletionTimestamp = "2026-11-30T01:00:00Z";

describe("a deletion that has not ended", () => {
  it("of a Service waits for its finalizers, and is ended by hand where no controller is left", () => {
    assert.deepEqual(unfinishedServices([v1Service(cloud)]), []);
    const finalizers = ["service.kubernetes.io/load-balancer-cleanup"];
    const [left] = unfinishedServices([received({ metadata: { ...cloud, deletionTimestamp, finalizers } })]);
    assert.deepEqual([left?.kind, left?.name], ["Service", "web/cloud"]);
    assert.equal(
      left?.reason,
      "it is being deleted since 2026-11-30T01:00:00.000Z and waits for its finalizer service.kubernetes.io/load-balancer-cleanup, which a running controller removes; if there is none any more, remove the load balancer first, then the finalizer by hand",
    );
    assert.deepEqual(left.commands, [
      `kubectl patch service cloud --namespace web --type merge --patch '{"metadata":{"finalizers":null}}'`,
    ]);
  });

  it("of a namespace says what the namespace controller still finds, and failures first", () => {
    const condition = (type: string, message: string, status = "True") => ({ type, status, message });
    const namespaces = [
      received({ metadata: { name: "web" } }),
      received({
        metadata: { name: "old", deletionTimestamp },
        status: {
          conditions: [
            condition("NamespaceContentRemaining", "services. has 1 resource instances"),
            condition("NamespaceDeletionDiscoveryFailure", "no metrics.k8s.io/v1beta1"),
            condition("NamespaceFinalizersRemaining", "All is gone", "False"),
          ],
        },
      }),
    ];
    const [left, ...others] = unfinishedNamespaces(namespaces);
    assert.deepEqual(others, []);
    assert.equal(
      left?.reason,
      "it is being deleted since 2026-11-30T01:00:00.000Z: no metrics.k8s.io/v1beta1; services. has 1 resource instances",
    );
    assert.deepEqual(left.commands, []);
  });
});
