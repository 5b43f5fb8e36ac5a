import assert from "node:assert/strict";
import { awaitHealthyTargets } from "../../../cli/healthyTargets.ts";
import { aws } from "../../../comparison/clouds/aws/index.ts";
import type { Member, MemberState } from "../../../comparison/clouds/operations.ts";

const exposure = { way: "own", hostname: "own.example" } as Parameters<typeof awaitHealthyTargets>[0];
const members = (states: readonly MemberState[]): Member[] =>
  states.map((state, index) => ({ pool: "http", machine: `i-${index}`, port: 30080, state, reason: "" }));

/** @param answers one after another; the last one again and again @returns the lines that were reported */
async function waited(...answers: MemberState[][]): Promise<string[]> {
  const lines: string[] = [];
  let asked = 0;
  await awaitHealthyTargets(exposure, {
    cloud: {
      members: () => Promise.resolve(members(answers[Math.min(asked++, answers.length - 1)] ?? [])),
    },
    clocks: aws.clocks,
    timeScale: 1,
    signal: new AbortController().signal,
    report: (line) => lines.push(line),
  });
  return lines;
}

describe("the wait for healthy targets", () => {
  it("ends when all are healthy, and there is one", async () => {
    assert.deepEqual(await waited([], ["initial", "healthy"], ["healthy", "healthy"]), [
      "own: 0 of 0 targets healthy",
      "own: 1 of 2 targets healthy",
      "own: 2 of 2 targets healthy",
    ]);
  });

  it("does not wait for targets that drain", async () => {
    assert.deepEqual(await waited(["draining", "healthy"]), ["own: 1 of 1 targets healthy"]);
  });
});
