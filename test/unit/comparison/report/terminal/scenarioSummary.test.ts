import assert from "node:assert/strict";
import { scenarioSummary } from "../../../../../comparison/report/terminal/scenarioSummary.ts";
import { Screen } from "../../../../../comparison/report/terminal/screen.ts";
import type { FindingResult, ScenarioResult } from "../../../../../comparison/result/scenarioSchema.ts";
import { scenarios } from "../example/scenarios.ts";

const [answers] = scenarios as [ScenarioResult];
const [answered] = answers.findings as [FindingResult];
const text = (...given: ScenarioResult[]): string =>
  scenarioSummary(given, new Screen({ colour: false })).join("\n");
const flat = (...given: ScenarioResult[]): string => text(...given).replaceAll(/\s+/g, " ");
const withFindings = (...findings: FindingResult[]): ScenarioResult => ({ ...answers, findings });

describe("the summary of scenarios on a terminal", () => {
  it("counts findings by verdict, and shows a value once if both sides share it", () => {
    assert.equal(text(answers), "  = Who answers: 1 same; answered by DNS name: 100 %.");
  });

  it("shows both values if they differ, and only headlines", () => {
    const lost = {
      ...answered,
      left: { kind: "measured", value: 3, text: "3 requests", detail: "" },
      title: "lost",
    } as const;
    const gap = { ...answered, title: "longest gap", headline: false };
    assert.equal(flat(withFindings(lost, gap)), " = Who answers: 2 same; lost: 3 requests and 100 %.");
  });

  it("marks what differs as documented, and what was skipped", () => {
    const [, nodeAdded] = scenarios as [ScenarioResult, ScenarioResult];
    assert.equal(flat(nodeAdded), " - A node is added: 1 different as documented, 1 skipped.");
    const [registered] = nodeAdded.findings as [FindingResult];
    assert.equal(
      flat({ ...nodeAdded, findings: [registered] }),
      " ≈ A node is added: 1 different as documented.",
    );
  });

  it("shows every finding that is not as documented, with what was expected", () => {
    const wrong: FindingResult = {
      ...answered,
      headline: false,
      left: { kind: "measured", value: 90, text: "90 %", detail: "10 sent; 1 lost: no answer" },
      verdict: "different",
    };
    assert.equal(
      flat(withFindings(answered, wrong)),
      " (!) Who answers: 1 same, 1 not as documented; answered by DNS name: 100 %. " +
        "answered by DNS name: 90 % and 100 %. A load balancer's name leads to its addresses. (10 sent; 1 lost: no answer)",
    );
  });

  it("says only once why something was not measured", () => {
    const silent: FindingResult = {
      ...answered,
      headline: false,
      left: { kind: "unreachable", value: null, text: "the client stood still", detail: "" },
      verdict: "unreachable",
    };
    assert.equal(
      flat(withFindings(silent, silent)),
      " ? Who answers: 2 not measured. the client stood still",
    );
    assert.equal(flat({ ...answers, findings: [], failure: "no client" }), " ? Who answers: no client.");
  });

  it("colours scenarios that need attention", () => {
    const failed = { ...answers, findings: [], failure: "no client" };
    const screen = new Screen({ colour: true });
    const [line = ""] = scenarioSummary([failed], screen);
    assert.equal(line, screen.paint(text(failed), "yellow"));
    assert.notEqual(line, text(failed));
  });

  it("is empty without scenarios", () => {
    assert.equal(text(), "");
  });
});
