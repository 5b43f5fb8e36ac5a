import assert from "node:assert/strict";
import { growthOf, growthWords } from "../../../../bench/scale/growth.ts";

const sizes = [1, 10, 50, 200];
const growth = (value: (size: number) => number) =>
  growthOf(sizes.map((size) => ({ size, value: value(size) })));
const law = (value: (size: number) => number) => growth(value).law;
const near = (got: number, wanted: number) =>
  assert.ok(Math.abs(got - wanted) < 1e-9, `${got}, not ${wanted}`);

describe("growth", () => {
  it("is linear by its exponent, whatever the smallest size's value, and tells what each one adds", () => {
    const found = growth((size) => 1000 + 2 * size);
    assert.ok(found.law === "linear");
    near(found.exponent, 1);
    near(found.each, 2);
  });

  it("is faster than linear if each one adds more than the one before", () => {
    const found = growth((size) => 5 + (size - 1) ** 2);
    assert.ok(found.law === "faster");
    near(found.exponent, 2);
  });

  it("is slower than linear if each one adds less", () =>
    assert.equal(
      law((size) => 5 + Math.sqrt(size - 1)),
      "slower",
    ));

  it("is still linear with some noise", () =>
    assert.equal(
      law((size) => 10 + size * (size === 50 ? 1.2 : 0.9)),
      "linear",
    ));

  it("is none up to a tenth more than the smallest size's value", () => {
    assert.equal(
      law(() => 7),
      "none",
    );
    assert.equal(
      law((size) => (size === 50 ? 107 : 100)),
      "none",
    );
    assert.equal(
      law((size) => 100 - size / 10),
      "none",
    );
  });

  it("is unknown from fewer than four sizes, or with a value below the smallest size's", () => {
    assert.deepEqual(growthOf([]), { law: "unknown" });
    assert.deepEqual(growthOf([{ size: 1, value: 1 }]), { law: "unknown" });
    assert.deepEqual(
      growthOf([
        { size: 1, value: 1 },
        { size: 10, value: 10 },
        { size: 50, value: 50 },
      ]),
      { law: "unknown" },
    );
    assert.equal(
      law((size) => (size === 10 ? 4 : 5 + size)),
      "unknown",
    );
  });

  it("does not depend on the order of its points", () => {
    const points = sizes.map((size) => ({ size, value: 3 + size ** 1.5 }));
    assert.deepEqual(growthOf([...points].reverse()), growthOf(points));
  });

  it("is put into words, with its unit", () => {
    const seconds = (value: number) => `${value.toFixed(1)} s`;
    assert.equal(
      growthWords(
        growth((size) => 4 + size / 2),
        seconds,
      ),
      "linear (exponent 1.00), 0.5 s each",
    );
    assert.equal(growthWords({ law: "none" }, seconds), "does not grow");
    assert.equal(growthWords({ law: "unknown" }, seconds), "unknown from these sizes");
    assert.match(growthWords({ law: "faster", exponent: 2, each: 1 }, seconds), /^faster than linear/);
    assert.match(growthWords({ law: "slower", exponent: 0.5, each: 1 }, seconds), /^slower than linear/);
  });
});
