import assert from "node:assert/strict";
import { features } from "../../../../comparison/clouds/feature.ts";
import type { Feature } from "../../../../comparison/clouds/feature.ts";
import { fakeTarget, fakeTestbed } from "./fakeTestbed.ts";
import type { Outcome } from "../../../../comparison/scenarios/outcome.ts";
import { scenariosVerdict } from "../../../../comparison/scenarios/result.ts";
import { runScenario } from "../../../../comparison/scenarios/run.ts";
import { bothAlike, differing, verdictOf } from "../../../../comparison/scenarios/scenario.ts";
import type { Unit } from "../../../../comparison/result/scenarioSchema.ts";
import type { Expected, Finding, Scenario, Value } from "../../../../comparison/scenarios/scenario.ts";
import { bySide, onBothSides } from "../../../../comparison/scenarios/sides.ts";

const source = "https://example.org/documentation";
const is = (value: Value) => (other: Value) => other === value;
const measured = (value: Value): Outcome<Value> => ({ kind: "measured", value });

function finding(
  left: Value | Outcome<Value>,
  right: Value | Outcome<Value>,
  expected: Expected,
  unit: Unit = "",
): Finding {
  const outcome = (side: Value | Outcome<Value>): Outcome<Value> =>
    typeof side === "object" ? side : measured(side);
  return { title: "a finding", unit, left: outcome(left), right: outcome(right), expected };
}

const all = bothAlike("All are answered.", source, is(100));
const owners = differing("Only a controller watches.", source, { left: is(false), right: is(true) });

describe("the verdict on a finding", () => {
  it("is same if both are as documented and alike", () => {
    assert.equal(verdictOf(finding(100, 100, all)), "same");
  });

  it("is different if either is not as documented", () => {
    assert.equal(verdictOf(finding(99, 100, all)), "different");
    assert.equal(verdictOf(finding(100, 99, all)), "different");
    // Alike in being wrong is no comfort.
    assert.equal(verdictOf(finding(99, 99, all)), "different");
  });

  it("is different if both are as documented, and not alike", () => {
    const near = bothAlike(
      "Short.",
      source,
      (value) => Number(value) < 10,
      (a, b) => Math.abs(Number(a) - Number(b)) < 1,
    );
    assert.equal(verdictOf(finding(3, 3.5, near)), "same");
    assert.equal(verdictOf(finding(3, 5, near)), "different");
  });

  it("is as documented if the two have to differ, and do as they have to", () => {
    assert.equal(verdictOf(finding(false, true, owners)), "as documented");
    assert.equal(verdictOf(finding(true, true, owners)), "different");
    assert.equal(verdictOf(finding(false, false, owners)), "different");
    const slower = differing("One is slower.", source, {
      left: (value) => Number(value) > 0,
      right: () => true,
    });
    assert.equal(verdictOf(finding(3, 1, slower)), "as documented");
    assert.equal(verdictOf(finding(3, 3, slower)), "different");
  });

  it("is none where a side was not measured", () => {
    assert.equal(verdictOf(finding({ kind: "unreachable", reason: "no answer" }, 100, all)), "unreachable");
    assert.equal(verdictOf(finding(100, { kind: "skipped", reason: "not here" }, all)), "skipped");
  });
});

const testbed = fakeTestbed({ features: new Set(Object.keys(features) as Feature[]) });

function scenario(
  measure: () => Promise<readonly Finding[]>,
  needs: readonly Feature[] = [],
): Scenario<readonly Finding[]> {
  const conclude = (found: readonly Finding[]) => found;
  return { id: "one", title: "One", question: "What happens?", quick: true, needs, measure, conclude };
}

describe("a scenario's run", () => {
  it("says values with their units, and the right one against the left one", async () => {
    const findings = [
      finding(100, 100, all, "%"),
      finding(
        2,
        2.5,
        bothAlike(
          "Short.",
          source,
          () => true,
          () => true,
        ),
        "s",
      ),
      finding(
        0,
        3,
        bothAlike(
          "Few.",
          source,
          () => true,
          () => true,
        ),
        "requests",
      ),
      finding(
        1,
        2,
        bothAlike(
          "One.",
          source,
          () => true,
          () => true,
        ),
        "requests",
      ),
      finding(
        0.003,
        0,
        bothAlike(
          "Soon.",
          source,
          () => true,
          () => true,
        ),
        "s",
      ),
      finding(false, true, owners),
    ];
    const { findings: shown, failure } = await runScenario(
      scenario(() => Promise.resolve(findings)),
      testbed,
    );
    assert.equal(failure, null);
    assert.deepEqual(
      shown.map(({ left, right, relation, verdict }) => [left.text, right.text, relation, verdict]),
      [
        ["100 %", "100 %", "=", "same"],
        ["2 s", "2.50 s", "× 1.25", "same"],
        ["0 requests", "3 requests", "+3", "same"],
        ["1 request", "2 requests", "× 2.00", "same"],
        ["0.00 s", "0 s", "~", "same"],
        ["no", "yes", "≠", "as documented"],
      ],
    );
  });

  it("that fails is a result, and makes the whole incomplete", async () => {
    const result = await runScenario(
      scenario(() => Promise.reject(new Error("no pod is ready"))),
      testbed,
    );
    assert.deepEqual([result.failure, result.findings], ["no pod is ready", []]);
    assert.equal(scenariosVerdict([result]), "incomplete");
  });

  it("is tried again, a few times, if nothing was wrong but with who measured", async () => {
    let tries = 0;
    const still: Outcome<Value> = { kind: "unreachable", reason: "too busy", again: true };
    const measuredThe = (time: number) => () =>
      Promise.resolve([finding(++tries >= time ? 100 : still, 100, all)]);
    const second = await runScenario(scenario(measuredThe(2)), testbed);
    assert.deepEqual([tries, scenariosVerdict([second])], [2, "alike"]);
    tries = 0;
    const never = await runScenario(scenario(measuredThe(10)), testbed);
    assert.deepEqual([tries, scenariosVerdict([never])], [3, "incomplete"]);
  });

  it("is not tried again for what did not answer, or is otherwise than documented", async () => {
    let tries = 0;
    const silent: Outcome<Value> = { kind: "unreachable", reason: "no answer" };
    await runScenario(
      scenario(() => (tries++, Promise.resolve([finding(silent, 50, all)]))),
      testbed,
    );
    assert.equal(tries, 1);
  });

  it("that measured nothing, or left something out, is incomplete", async () => {
    const results = await Promise.all(
      [[], [finding(100, 100, all), finding({ kind: "skipped", reason: "not here" }, 1, all)]].map(
        (findings) =>
          runScenario(
            scenario(() => Promise.resolve(findings)),
            testbed,
          ),
      ),
    );
    assert.deepEqual(
      results.map((result) => scenariosVerdict([result])),
      ["incomplete", "incomplete"],
    );
  });

  it("is skipped, with the reason, if the testbed lacks what it needs", async () => {
    let ran = false;
    const run = () => ((ran = true), Promise.resolve([finding(100, 100, all)]));
    const without = fakeTestbed({ features: new Set<Feature>(["UDP"]) });
    const result = await runScenario(scenario(run, ["UDP", "node faults"]), without);
    assert.equal(ran, false);
    assert.deepEqual(
      result.findings.map(({ title, verdict, left, right }) => [title, verdict, left.text, right.text]),
      [
        [
          "needs node faults",
          "skipped",
          "not available here: node faults",
          "not available here: node faults",
        ],
      ],
    );
    assert.equal(scenariosVerdict([result]), "incomplete");
  });

  it("that is aborted is none", async () => {
    const stop = new AbortController();
    const stopped = scenario(() => {
      stop.abort(new Error("stopped"));
      return Promise.reject(new Error("no answer"));
    });
    await assert.rejects(
      runScenario(stopped, fakeTestbed({ features: new Set(), signal: stop.signal })),
      /stopped/,
    );
  });

  it("is different if one finding is, whatever the others are", async () => {
    const findings = [
      finding(100, 100, all),
      finding(99, 100, all),
      finding({ kind: "unreachable", reason: "" }, 1, all),
    ];
    const result = await runScenario(
      scenario(() => Promise.resolve(findings)),
      testbed,
    );
    assert.equal(scenariosVerdict([result]), "different");
    const others = await runScenario(
      scenario(() => Promise.resolve([findings[0]!, findings[2]!])),
      testbed,
    );
    assert.equal(scenariosVerdict([others]), "incomplete");
    const alike = await runScenario(
      scenario(() => Promise.resolve([findings[0]!, finding(false, true, owners)])),
      testbed,
    );
    assert.equal(scenariosVerdict([alike]), "alike");
  });
});

describe("measuring both sides", () => {
  it("keeps what one side showed if the other fails", async () => {
    const targets = { left: fakeTarget("left"), right: fakeTarget("right") };
    const outcomes = await onBothSides(targets, testbed.signal, ({ way }) =>
      way === "left" ? Promise.resolve({ lost: 2 }) : Promise.reject(new Error("no answer")),
    );
    assert.deepEqual(
      bySide(outcomes, ({ lost }) => lost),
      { left: { kind: "measured", value: 2 }, right: { kind: "unreachable", reason: "no answer" } },
    );
  });
});
