import assert from "node:assert/strict";
import { section, withSection } from "../../../conformance/document.ts";
import type { Run } from "../../../conformance/document.ts";

const run: Run = {
  preset: "short",
  about: "what counts",
  date: new Date("2026-11-29T15:00:00Z"),
  version: "v1.35.4",
  proxyMode: "nftables",
  processes: 6,
  seconds: 150,
  specs: [
    { name: "[sig] fails", outcome: "failed", seconds: 2, reason: "expected | got <nil>" },
    { name: "[sig] passes", outcome: "passed", seconds: 1.25, reason: "" },
  ],
};

describe("the document of conformance", () => {
  it("says when, with which version and how long, and why a spec did not pass", () => {
    const text = section(run);
    assert.match(
      text,
      /What counts\. 2026-11-29, Kubernetes v1\.35\.4 with kube-proxy in nftables mode, 6 at a time, 2\.5 minutes: \*\*1 passed, 1 failed, 0 skipped\*\*/,
    );
    assert.match(text, /\\\[sig\\\] fails +\| failed +\| expected \\\| got \\<nil\\>/);
    assert.match(text, /- \\\[sig\\\] passes \(1\.3 s\)/);
  });

  it("has no table if everything passed", () => {
    assert.doesNotMatch(section({ ...run, specs: run.specs.slice(1) }), /\| spec/);
  });

  it("replaces the section of the same preset and keeps the others", () => {
    const before = "# Title\n\nIntroduction.\n\n## short\n\nold\n\n## network\n\nkept\n";
    const after = withSection(before, run);
    assert.doesNotMatch(after, /old/);
    assert.match(after, /^# Title\n\nIntroduction\.\n\n## short\n\nWhat counts[^]*\n\n## network\n\nkept\n$/);
    assert.equal(withSection(after, run), after);
  });

  it("keeps kube-proxy's modes apart", () => {
    const both = withSection(withSection("# Title\n", run), { ...run, proxyMode: "iptables" });
    assert.deepEqual(both.match(/^## .*$/gm), ["## short", "## short, kube-proxy in iptables mode"]);
    assert.equal(withSection(both, run), both);
  });

  it("adds a section that is not there yet", () => {
    assert.match(withSection("# Title\n", run), /^# Title\n\n## short\n/);
  });
});
