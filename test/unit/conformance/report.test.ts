import assert from "node:assert/strict";
import { junit } from "../../../conformance/junit.ts";
import { oneLine, specsOf, tally } from "../../../conformance/report.ts";
import type { SpecReport } from "../../../conformance/report.ts";

const spec = (text: string, State: string, message?: string): SpecReport => ({
  ContainerHierarchyTexts: ["[sig-network] Services"],
  LeafNodeType: "It",
  LeafNodeText: text,
  State,
  RunTime: 1.5e9,
  ...(message === undefined ? {} : { Failure: { Message: message } }),
});

const specs = (...SpecReports: readonly SpecReport[]) => specsOf([{ SpecReports }]);

describe("a run of Kubernetes' specs", () => {
  it("lists what failed, then what skipped itself with its reason, then what passed", () => {
    const found = specs(
      spec("b passes", "passed"),
      spec("a passes", "passed"),
      spec("skips", "skipped", "Only supported for providers [gce]\n  (not local)"),
      spec("fails", "failed", "timed out"),
    );
    assert.deepEqual(
      found.map(({ name, outcome, reason }) => [name, outcome, reason]),
      [
        ["[sig-network] Services fails", "failed", "timed out"],
        ["[sig-network] Services skips", "skipped", "Only supported for providers [gce] (not local)"],
        ["[sig-network] Services a passes", "passed", ""],
        ["[sig-network] Services b passes", "passed", ""],
      ],
    );
    assert.equal(tally(found), "2 passed, 1 failed, 1 skipped");
    assert.equal(found[0]?.seconds, 1.5);
  });

  it("leaves out the specs that it did not ask for", () => {
    assert.deepEqual(specs(spec("of another preset", "skipped"), spec("pending", "pending")), []);
  });

  it("counts every kind of failure as one", () => {
    const kinds = ["failed", "panicked", "timedout", "interrupted", "aborted"];
    assert.deepEqual(
      specs(...kinds.map((kind) => spec(kind, kind))).map(({ outcome }) => outcome),
      kinds.map(() => "failed"),
    );
  });

  it("fails if what prepares the suite fails", () => {
    const preparation = { ...spec("", "failed", "no nodes"), ContainerHierarchyTexts: null };
    const [found] = specs({ ...preparation, LeafNodeType: "SynchronizedBeforeSuite" });
    assert.deepEqual(
      [found?.name, found?.outcome, found?.reason],
      ["SynchronizedBeforeSuite", "failed", "no nodes"],
    );
    assert.deepEqual(specs({ ...preparation, LeafNodeType: "ReportAfterSuite", State: "passed" }), []);
  });

  it("keeps of a long message what a table can show", () => {
    assert.equal(oneLine("a\n\tb"), "a b");
    assert.equal(oneLine("x".repeat(1000)).length, 240);
  });
});

describe("JUnit of a run", () => {
  it("has each spec's outcome, and escapes what XML reserves", () => {
    const text = junit(
      "short",
      specs(spec('a <b> & "c"', "passed"), spec("fails", "failed", "got \u001b[31m<nil>")),
    );
    assert.match(text, /<testsuite name="short" tests="2" failures="1" skipped="0">/);
    assert.match(text, /name="\[sig-network\] Services a &lt;b&gt; &amp; &quot;c&quot;" time="1\.500"\/>/);
    assert.match(text, /<failure message="got \[31m&lt;nil&gt;"\/>/);
  });
});
