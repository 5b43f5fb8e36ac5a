import assert from "node:assert/strict";
import { scenariosText } from "../../../../../comparison/report/terminal/scenarios.ts";
import type { ScenarioResult } from "../../../../../comparison/result/scenarioSchema.ts";
import { scenarios } from "../example/scenarios.ts";

const titles = { left: "NodePort + own NLB", right: "LoadBalancer" };
const text = (given: readonly ScenarioResult[], columns?: number): string =>
  scenariosText(given, titles, { colour: false, columns });
const killed = scenarios.filter(({ id }) => id === "pod-killed");

describe("scenarios on a terminal", () => {
  it("shows each finding in a row, and explains below which are not the same", () => {
    const shown = text(scenarios);
    assert.match(shown, /│ answered by DNS name +│ 100 % +│ 100 % +│ = +│/);
    assert.match(shown, /│ registered by itself +│ no +│ yes +│ ≈ +│/);
    assert.match(shown, /│ first request +│ skipped +│ 11\.20 s +│ - +│/);
    assert.match(
      shown,
      /^≈ A node is added, registered by itself: Only the cloud controller manager\n {2}watches nodes\.$/m,
    );
    assert.match(shown, /^- A node is added, first request: no autoscaling group is attached$/m);
  });

  it("draws lost requests over time, one character per bin and one line per side", () => {
    const lines = text(killed).split("\n");
    const heading = lines.findIndex((line) => line.startsWith("│ new connections, 0.2 s per character: "));
    assert.deepEqual(
      lines.slice(heading + 1, heading + 3).map((line) => line.replaceAll(/^│ | *│$/g, "")),
      [
        `NodePort + own NLB  ${"·".repeat(10)}▂▄▂${"·".repeat(27)}  4 of 200 lost`,
        `LoadBalancer        ${"·".repeat(12)}▄▅${"·".repeat(26)}  5 of 200 lost`,
      ],
    );
  });

  it("draws no timeline without losses, and then explains no characters", () => {
    assert.doesNotMatch(text(killed), /keep-alive/);
    const without = killed.map(({ timelines: _, ...result }) => result);
    assert.doesNotMatch(text(without), /·|all lost/);
  });

  it("distinguishes lost requests from times without requests", () => {
    const bins = [
      { sent: 0, lost: 0, answers: {} },
      { sent: 2, lost: 2, answers: {} },
      { sent: 9, lost: 1, answers: {} },
      { sent: 1, lost: 0, answers: {} },
    ];
    const side = { bins, events: [] };
    const timeline = { title: "UDP", binSeconds: 1, answeredBy: "pod", left: side, right: side } as const;
    assert.match(
      text(killed.map((result) => ({ ...result, timelines: [timeline] }))),
      /│ LoadBalancer {8} █▁· {2}3 of 12 lost +│/,
    );
  });

  it("joins bins on a narrow terminal, and draws no timeline on a very narrow one", () => {
    const narrow = text(killed, 60).split("\n");
    assert(narrow.some((line) => line.startsWith("│ new connections, 0.4 s per character: ")));
    assert(
      narrow.some((line) =>
        line.startsWith(`│ LoadBalancer        ······▄${"·".repeat(13)}  5 of 200 lost `),
      ),
    );
    assert.doesNotMatch(text(killed, 40), /·|all lost/);
    for (const columns of [40, 60]) {
      const widest = Math.max(
        ...text(scenarios, columns)
          .split("\n")
          .map((line) => line.length),
      );
      assert.equal(widest, columns);
    }
  });

  it("is empty without scenarios", () => {
    assert.equal(text([]), "");
  });
});
