import assert from "node:assert/strict";
import { isLabelKey, isLabelValue } from "../../../../components/core/labels.ts";

describe("labels of Kubernetes", () => {
  it("have a key that is a name, after a DNS name if it has a prefix", () => {
    for (const key of ["pool", "Pool_1.a", "example.com/pool", `${"a".repeat(253)}/pool`, "a".repeat(63)])
      assert.equal(isLabelKey(key), true, key);
    const wrong = ["", "-pool", "node group", "Example.com/pool", "a..b/pool", "a/b/pool", "/pool"];
    for (const key of [...wrong, `${"a".repeat(254)}/pool`, "a".repeat(64)])
      assert.equal(isLabelKey(key), false, key);
  });

  it("have a value that is a name or empty", () => {
    for (const value of ["", "edge", "v1.2_3"]) assert.equal(isLabelValue(value), true, value);
    for (const value of ["a b", "edge-", "a".repeat(64)]) assert.equal(isLabelValue(value), false, value);
  });
});
