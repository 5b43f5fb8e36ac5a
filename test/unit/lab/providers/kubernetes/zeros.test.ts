import assert from "node:assert/strict";
import { withoutZeros } from "../../../../../lab/providers/kubernetes/zeros.ts";

describe("an object without the zero values that Kubernetes does not store", () => {
  it("has no empty labels, flags that are off, numbers that are 0, and empty texts and lists", () => {
    const container = { name: "a", command: [], env: [{ name: "A", value: "" }], tty: false };
    const probe = { initialDelaySeconds: 0, periodSeconds: 5 };
    const given = {
      metadata: { name: "a", labels: {}, annotations: {} },
      spec: {
        minReadySeconds: 0,
        template: {
          metadata: { labels: { a: "" }, annotations: {} },
          spec: { hostNetwork: false, containers: [{ ...container, readinessProbe: probe }], volumes: [] },
        },
      },
    };
    assert.deepEqual(withoutZeros(given), {
      metadata: { name: "a" },
      spec: {
        template: {
          metadata: { labels: { a: "" } },
          spec: { containers: [{ name: "a", env: [{ name: "A" }], readinessProbe: { periodSeconds: 5 } }] },
        },
      },
    });
  });

  it("keeps what is stored: numbers and flags that can be unset, empty objects, and the program's own names", () => {
    const stored = {
      metadata: { name: "a", annotations: { value: "", tty: "" }, labels: { value: "" } },
      data: { value: "" },
      spec: {
        replicas: 0,
        selector: { matchLabels: { value: "" } },
        template: { spec: { volumes: [{ name: "tmp", emptyDir: {} }], automountServiceAccountToken: false } },
      },
    };
    assert.deepEqual(withoutZeros(stored), stored);
    const service = { spec: { selector: { value: "" }, ports: [{ port: 80 }] } };
    assert.deepEqual(withoutZeros({ spec: { ...service.spec, clusterIP: "", externalIPs: [] } }), service);
  });
});
