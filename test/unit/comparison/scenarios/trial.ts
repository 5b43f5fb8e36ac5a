/** How a scenario is tried: what it concludes of measurements that are given, and what it measures on a simulated testbed. */
import assert from "node:assert/strict";
import type { BySide } from "../../../../comparison/result/bySide.ts";
import type { FindingVerdict } from "../../../../comparison/result/scenarioSchema.ts";
import { measured } from "../../../../comparison/scenarios/outcome.ts";
import type { Outcome } from "../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../comparison/scenarios/scenario.ts";
import type { Finding, Scenario, Value } from "../../../../comparison/scenarios/scenario.ts";
import type { Sample } from "../../../../comparison/traffic/load.ts";
import type { Watched } from "../../../../comparison/scenarios/traffic/loaded.ts";
import { conditions } from "./conditions.ts";
import { simulated } from "./simulation/testbed.ts";
import { physics } from "./simulation/world.ts";
import type { Physics } from "./simulation/world.ts";

export interface Trial<M = unknown> {
  readonly scenario: Scenario<M>;
  /** A measurement that is as documented, on testbeds that are 20 times as fast as AWS. */
  readonly documented: M;
  /** Measurements that are not, by what is wrong. */
  readonly otherwise: Readonly<Record<string, Otherwise<M>>>;
  /** A measurement in which nothing could be measured. */
  readonly nothing: M;
  /** Values that the scenario measures on the simulated testbed, by title. All findings are as documented there. */
  readonly simulated: Readonly<Record<string, readonly [left: Value, right: Value]>>;
  /** Findings that are different in a simulation whose physics are wrong, by what is wrong. */
  readonly wrongWorlds?: Readonly<Record<string, WrongWorld>>;
}

interface Otherwise<M> {
  readonly measured: M;
  /** Titles of findings that are different then. */
  readonly different: readonly string[];
  readonly unreachable?: readonly string[];
}

interface WrongWorld {
  readonly physics: Partial<Physics>;
  readonly different: readonly string[];
}

/** Forgets what is measured, for a list of all trials. */
export const trialOf = <M>(trial: Trial<M>): Trial => trial;

const at = conditions();
const fine: readonly FindingVerdict[] = ["same", "as documented"];

const titlesOf = (findings: readonly Finding[], holds: (verdict: FindingVerdict) => boolean): string[] =>
  findings.filter((finding) => holds(verdictOf(finding))).map(({ title }) => title);

/** Defines the tests. */
export function tryOut(trial: Trial): void {
  tryConclude(trial);
  tryMeasure(trial);
}

function tryConclude({ scenario, documented, otherwise, nothing }: Trial): void {
  const concluded = new Map<unknown, readonly Finding[]>();
  const conclude = (what: unknown): readonly Finding[] => {
    const findings = concluded.get(what) ?? scenario.conclude(what, at);
    concluded.set(what, findings);
    return findings;
  };
  const titles = conclude(documented).map(({ title }) => title);

  it("concludes that all is well from a measurement as documented", () => {
    assert.deepEqual(
      titlesOf(conclude(documented), (verdict) => !fine.includes(verdict)),
      [],
    );
  });

  for (const [what, { measured: found, different, unreachable = [] }] of Object.entries(otherwise))
    it(`concludes that something is wrong if ${what}`, () => {
      const findings = conclude(found);
      assert.deepEqual(
        titlesOf(findings, (verdict) => verdict === "different"),
        different,
      );
      assert.deepEqual(
        titlesOf(findings, (verdict) => verdict === "unreachable"),
        unreachable,
      );
    });

  it("has no finding that cannot be wrong", () => {
    const told = new Set(Object.values(otherwise).flatMap(({ different }) => different));
    assert.notEqual(titles.length, 0);
    assert.deepEqual(
      titles.filter((title) => !told.has(title)),
      [],
    );
  });

  it("has the same findings whatever was measured, each with a title of its own", () => {
    assert.equal(new Set(titles).size, titles.length);
    for (const other of [...Object.values(otherwise).map(({ measured: found }) => found), nothing])
      assert.deepEqual(
        conclude(other).map(({ title }) => title),
        titles,
      );
  });

  it("concludes nothing where nothing could be measured", () => {
    assert.deepEqual([...new Set(conclude(nothing).map(verdictOf))], ["unreachable"]);
    assert.deepEqual(scenario.timelines?.(nothing, at) ?? [], []);
  });
}

function tryMeasure({ scenario, simulated: values, wrongWorlds = {} }: Trial): void {
  let documented: Promise<unknown> | undefined;
  const measuredOnce = (): Promise<unknown> =>
    (documented ??= simulated((testbed) => scenario.measure(testbed)));
  const findingsIn = async (changes: Partial<Physics>): Promise<readonly Finding[]> =>
    scenario.conclude(
      await simulated((testbed) => scenario.measure(testbed), changes),
      conditions(changes.timeScale ?? physics.timeScale),
    );

  it("measures on a simulated testbed what is documented", async () => {
    const findings = scenario.conclude(await measuredOnce(), at);
    assert.deepEqual(
      findings.filter((finding) => !fine.includes(verdictOf(finding))),
      [],
    );
    const found = Object.fromEntries(
      findings.map(({ title, left, right }) => [title, [valueOf(left), valueOf(right)]]),
    );
    assert.notEqual(Object.keys(values).length, 0);
    for (const [title, expected] of Object.entries(values)) assert.deepEqual(found[title], expected, title);
  });

  if (scenario.timelines !== undefined)
    it("has timelines of both sides, with what was done to them", async () => {
      const timelines = scenario.timelines?.(await measuredOnce(), at) ?? [];
      const titles = timelines.map(({ title }) => title);
      assert.notEqual(titles.length, 0);
      assert.equal(new Set(titles).size, titles.length);
      for (const { title, left, right } of timelines) {
        assert.equal(left.bins.length, right.bins.length, title);
        for (const { bins, events } of [left, right]) {
          assert.ok(
            bins.some(({ sent }) => sent > 0),
            title,
          );
          assert.notEqual(events.length, 0, title);
          assert.ok(
            events.every(({ seconds }) => seconds >= 0),
            title,
          );
        }
      }
    });

  for (const [what, { physics: changes, different }] of Object.entries(wrongWorlds))
    it(`measures that something is wrong in a simulation where ${what}`, async () => {
      assert.deepEqual(
        titlesOf(await findingsIn(changes), (verdict) => verdict === "different"),
        different,
      );
    });
}

const valueOf = (outcome: Outcome<Value>): Value | undefined =>
  outcome.kind === "measured" ? outcome.value : undefined;

/** What loads met on one side, whose pods are `pod-1` to `pod-3`. */
/** @param lastListed of pods that are gone. @default none is */
export function loaded<T>(
  happened: T,
  samples: readonly Sample[],
  lastListed: ReadonlyMap<string, number> = new Map(),
): Outcome<Watched<T>> {
  const nodeOfPod = new Map(["a", "b", "c"].map((node, index) => [`pod-${index + 1}`, `node-${node}`]));
  return measured({ happened, samples, nodeOfPod, lastListed });
}

export const both = <T>(side: T): BySide<T> => ({ left: side, right: side });

export const unmeasured = both<Outcome<never>>({ kind: "unreachable", reason: "no answer" });

/** Times from one to before another, so many milliseconds apart. */
export function every(milliseconds: number, from: number, to: number): number[] {
  return Array.from(
    { length: Math.ceil((to - from) / milliseconds) },
    (_, index) => from + index * milliseconds,
  );
}
