import assert from "node:assert/strict";
import type { Comparison } from "../../../../comparison/result/comparison.ts";
import { shortForm } from "../../../../comparison/report/shortForm.ts";

type Given = Parameters<typeof shortForm>[0];

const equivalent: Given = {
  verdict: { kind: "equivalent", sentence: "Equivalent as planned: all of it.", reasons: [], causes: [] },
  counts: { same: 14, equivalent: 2, different: 0, unknown: 0, unexplained: 0 },
  explanations: [
    {
      id: "finalizer",
      why: "It keeps the Service.",
      affects: "few",
      remedy: null,
      source: "https://example.com",
    },
    { id: "tags", why: "To find it again.", affects: "nobody", remedy: null, source: "https://example.com" },
  ],
};

describe("the short form of a comparison", () => {
  it("holds the verdict, the number of aspects by verdict, and why the two ways differ", () => {
    assert.deepEqual(shortForm(equivalent), {
      verdict: "Equivalent as planned: all of it.",
      aspects: { same: 14, equivalent: 2, different: 0, unknown: 0 },
      differences: { finalizer: "It keeps the Service.", tags: "To find it again." },
    });
  });

  it("lists why the two ways are not equivalent, always in the same order", () => {
    const verdict: Comparison["verdict"] = {
      kind: "different",
      sentence: "Different.",
      reasons: ["b", "a"],
      causes: [],
    };
    assert.deepEqual(shortForm({ ...equivalent, verdict }).reasons, ["a", "b"]);
  });
});
