import assert from "node:assert/strict";
import fc from "fast-check";
import {
  canonicalQuantity,
  withCanonicalQuantities,
} from "../../../../../lab/providers/kubernetes/quantities.ts";

describe("a quantity", () => {
  const canonical: readonly (readonly [given: string, stored: string])[] = [
    ["1", "1"],
    ["1000m", "1"],
    ["1500m", "1500m"],
    ["0.1", "100m"],
    ["0.010", "10m"],
    [".5", "500m"],
    ["1.", "1"],
    ["+2", "2"],
    ["-1000m", "-1"],
    ["0", "0"],
    ["-0", "0"],
    ["1000k", "1M"],
    ["1500k", "1500k"],
    ["1024Mi", "1Gi"],
    ["2048Ki", "2Mi"],
    ["1.5Gi", "1536Mi"],
    ["0.5Ki", "512"],
    ["1024Ei", "1024Ei"],
    ["1e3", "1e3"],
    ["1000e0", "1e3"],
    ["1E", "1E"],
    ["1e-3", "1e-3"],
    ["0.0000000001", "1n"],
    ["12345678901234567890", "12345678901234567890"],
  ];
  for (const [given, stored] of canonical)
    it(`is stored as ${stored} if it is written as ${given}`, () => {
      assert.equal(canonicalQuantity(given), stored);
    });

  for (const other of ["", "m", "1 Gi", "1GB", "many", "1e"])
    it(`is left for the API server to refuse: "${other}"`, () => {
      assert.equal(canonicalQuantity(other), other);
    });

  it("has one canonical form", () => {
    const suffix = fc.constantFrom("n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "e-6", "E2");
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), fc.nat({ max: 999 }), suffix, (whole, fraction, unit) => {
        const once = canonicalQuantity(`${whole}.${fraction}${unit}`);
        assert.equal(canonicalQuantity(once), once);
      }),
    );
  });
});

describe("the quantities of an object", () => {
  it("are those of resources, volumes in memory, quotas and limits", () => {
    const container = { name: "1000m", resources: { limits: { cpu: "1000m" }, requests: { memory: 1024 } } };
    const volumes = [{ name: "tmp", emptyDir: { sizeLimit: "1024Mi" } }];
    const env = [{ name: "limits", value: "1000m" }];
    const pod = {
      metadata: { labels: { limits: "1000m" } },
      spec: { containers: [{ ...container, env }], volumes },
    };
    assert.deepEqual(withCanonicalQuantities("Pod", pod), {
      ...pod,
      spec: {
        containers: [
          { name: "1000m", resources: { limits: { cpu: "1" }, requests: { memory: "1024" } }, env },
        ],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }],
      },
    });
    const hard = { spec: { hard: { "limits.cpu": "9000m" } } };
    assert.deepEqual(withCanonicalQuantities("ResourceQuota", hard), {
      spec: { hard: { "limits.cpu": "9" } },
    });
    assert.deepEqual(withCanonicalQuantities("Widget", hard), hard);
    const limits = { spec: { limits: [{ type: "Container", max: { cpu: "0.1" } }] } };
    assert.deepEqual(withCanonicalQuantities("LimitRange", limits), {
      spec: { limits: [{ type: "Container", max: { cpu: "100m" } }] },
    });
  });
});
