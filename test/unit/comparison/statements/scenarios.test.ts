import assert from "node:assert/strict";
import type { FindingResult, ScenarioResult } from "../../../../comparison/result/scenarioSchema.ts";
import { withFinding } from "../../../../comparison/statements/evidence/scenarios.ts";
import { none, supports } from "../../../../comparison/statements/run.ts";
import { run } from "./run.ts";

const ref = { scenario: "udp", finding: "answered by DNS name" };

function scenario(changes: Partial<FindingResult>): ScenarioResult {
  const outcome = { kind: "measured", value: 100, text: "100 %", detail: "" } as const;
  const finding: FindingResult = {
    title: "answered by DNS name",
    unit: "%",
    left: outcome,
    right: outcome,
    relation: "=",
    expected: "Load balancers take UDP.",
    source: "https://example.org",
    verdict: "same",
    headline: false,
    ...changes,
  };
  const made = "2026-11-24T03:40:02.000Z";
  return { id: "udp", title: "UDP", question: "?", made, seconds: 1, failure: null, findings: [finding] };
}

describe("evidence from a scenario", () => {
  const silent = withFinding(() => none("a client"), ref);

  it("supports a statement where nothing else does", () => {
    assert.deepEqual(silent(run({ scenarios: [scenario({})] })), {
      kind: "supports",
      text: "answered by DNS name: NodePort + own NLB 100 %, LoadBalancer 100 %",
    });
  });

  it("comes after what the facts show", () => {
    const shown = withFinding(() => supports("a dry run keeps the UDP port"), ref);
    assert.match(
      (shown(run({ scenarios: [scenario({})] })) as { text: string }).text,
      /^a dry run keeps the UDP port; answered by DNS name/,
    );
  });

  it("contradicts if the finding was otherwise than documented, whatever the facts show", () => {
    const shown = withFinding(() => supports("a dry run keeps the UDP port"), ref);
    const { kind } = shown(run({ scenarios: [scenario({ verdict: "different" })] }));
    assert.equal(kind, "contradicts");
  });

  it("is none without the scenario, or where it measured nothing", () => {
    const expected = none("a client");
    assert.deepEqual(silent(run()), expected);
    assert.deepEqual(silent(run({ scenarios: [scenario({ verdict: "unreachable" })] })), expected);
    assert.deepEqual(silent(run({ scenarios: [scenario({ title: "another" })] })), expected);
  });
});
