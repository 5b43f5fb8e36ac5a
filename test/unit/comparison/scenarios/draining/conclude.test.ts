import assert from "node:assert/strict";
import {
  brokenPercent,
  drainingFindings,
  lastAnsweredSeconds,
} from "../../../../../comparison/scenarios/draining/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";

const there = new Set(["pod-a"]);
const answered = (load: string, pod: string, at: number): Sample => ({
  load,
  at,
  milliseconds: 10,
  pod,
  outcome: { kind: "answered", pod, clientAddress: "198.51.100.10" },
});
const lost = (load: string, pod: string, at: number): Sample => ({
  load,
  at,
  milliseconds: 10,
  pod,
  outcome: { kind: "lost", reason: "ECONNRESET" },
});

describe("connections to a target that is deregistered", () => {
  it("count as broken by those that were on it", () => {
    const samples = [
      lost("http idle", "pod-a", 0),
      answered("http idle", "pod-a", 0),
      lost("http idle", "pod-b", 0),
    ];
    assert.equal(brokenPercent(there, samples), 50);
  });

  it("say nothing if none was on it", () => {
    assert.throws(() => brokenPercent(there, [lost("http idle", "pod-b", 0)]), /no connection was held/);
  });

  it("are served until the last answer that came before the target was back", () => {
    const samples = [1000, 3000, 9000].map((at) => answered("http", "pod-a", at));
    assert.equal(lastAnsweredSeconds({ at: 2000, until: 8000, pods: there }, samples), 1.01);
    assert.equal(lastAnsweredSeconds({ at: 5000, until: 8000, pods: there }, samples), 0);
  });

  /** A run at 20 times AWS's speed: deregistered at 0, looked at for 20 s. */
  const run = (broken: boolean, lastUse: number, more: readonly Sample[] = []) => {
    const end = broken ? lost : answered;
    const samples = [
      answered("http", "pod-b", 3000),
      answered("http keep-alive", "pod-a", lastUse),
      end("http idle", "pod-a", -1000),
      end("http slow", "pod-a", -1000),
      answered("http slow", "pod-b", -1000),
      ...more,
    ];
    const happened = { at: 0, until: 20_000, drainingSeconds: 15.2, pods: there };
    const one = measured({
      happened,
      samples,
      nodeOfPod: new Map([
        ["pod-a", "a"],
        ["pod-b", "b"],
      ]),
    });
    return { left: one, right: one };
  };
  const verdicts = (terminates: boolean, broken: boolean, lastUse: number): string[] => [
    ...new Set(drainingFindings(run(broken, lastUse), { delaySeconds: 300, terminates }, 20).map(verdictOf)),
  ];

  it("are as documented if they go on, or end with the delay when they are to be terminated", () => {
    assert.deepEqual(verdicts(false, false, 18_000), ["same"]);
    assert.deepEqual(verdicts(true, true, 15_000), ["same"]);
  });

  it("cost new ones no more than DNS takes to leave out a zone that has no other target", () => {
    const lostNew = (count: number) =>
      Array.from({ length: count }, (_, index) => lost("http", "pod-a", index));
    const verdictOn = (more: readonly Sample[]) => {
      const findings = drainingFindings(
        run(false, 18_000, more),
        { delaySeconds: 300, terminates: false },
        20,
      );
      const found = findings.find(({ title }) => title === "300 s, kept: lost, new connections");
      return found && verdictOf(found);
    };
    assert.equal(verdictOn(lostNew(7)), "same");
    assert.equal(verdictOn(lostNew(8)), "different");
  });

  it("are not if they break without termination, or go on in spite of it", () => {
    assert.ok(verdicts(false, true, 18_000).includes("different"));
    assert.ok(verdicts(false, false, 9000).includes("different"));
    assert.ok(verdicts(true, false, 18_000).includes("different"));
  });
});
