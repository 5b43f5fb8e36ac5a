/** Tests of what a scenario concludes: what is as documented passes, and each finding tells something that is not. */
import assert from "node:assert/strict";
import type { BySide } from "../../../../comparison/result/bySide.ts";
import { measured } from "../../../../comparison/scenarios/outcome.ts";
import type { Outcome } from "../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../comparison/scenarios/scenario.ts";
import type { FindingVerdict } from "../../../../comparison/result/scenarioSchema.ts";
import type { Finding } from "../../../../comparison/scenarios/scenario.ts";
import type { Loaded } from "../../../../comparison/scenarios/traffic/loaded.ts";
import type { Sample } from "../../../../comparison/scenarios/traffic/load.ts";

/** Something that went otherwise than documented. */
export interface Amiss {
  readonly findings: readonly Finding[];
  /** Titles of those that are different then; the others are as before, but for those that tell nothing. */
  readonly different: readonly string[];
  readonly unreachable?: readonly string[];
}

const fine: readonly FindingVerdict[] = ["same", "as documented"];

const titlesOf = (findings: readonly Finding[], holds: (verdict: FindingVerdict) => boolean): string[] =>
  findings.filter((finding) => holds(verdictOf(finding))).map(({ title }) => title);

/** @param amiss by what is wrong, as the end of `is not if` */
export function concludes(documented: readonly Finding[], amiss: Readonly<Record<string, Amiss>>): void {
  it("is as documented", () => {
    assert.ok(documented.length > 0);
    assert.deepEqual(
      titlesOf(documented, (verdict) => !fine.includes(verdict)),
      [],
    );
  });

  for (const [what, { findings, different, unreachable = [] }] of Object.entries(amiss))
    it(`is not if ${what}`, () => {
      assert.deepEqual(
        titlesOf(findings, (verdict) => verdict === "different"),
        different,
      );
      assert.deepEqual(
        titlesOf(findings, (verdict) => verdict === "unreachable"),
        unreachable,
      );
    });

  it("has nothing that can't be found wrong", () => {
    const told = new Set(Object.values(amiss).flatMap(({ different }) => different));
    assert.deepEqual(
      documented.map(({ title }) => title).filter((title) => !told.has(title)),
      [],
    );
  });
}

/** What loads met on one side, whose pods are `pod-1` to `pod-3`. */
export function loaded<T>(happened: T, samples: readonly Sample[]): Outcome<Loaded<T>> {
  const nodeOfPod = new Map(["a", "b", "c"].map((node, index) => [`pod-${index + 1}`, `node-${node}`]));
  return measured({ happened, samples, nodeOfPod });
}

export const both = <T>(side: T): BySide<T> => ({ left: side, right: side });

/** Times from one to before another, so many milliseconds apart. */
export function every(milliseconds: number, from: number, to: number): number[] {
  return Array.from(
    { length: Math.ceil((to - from) / milliseconds) },
    (_, index) => from + index * milliseconds,
  );
}
