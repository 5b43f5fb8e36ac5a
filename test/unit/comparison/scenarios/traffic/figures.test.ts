import assert from "node:assert/strict";
import {
  answeredPercent,
  clientAddressesOf,
  figuresOf,
  inWords,
  longestPauseSeconds,
  percentile,
} from "../../../../../comparison/scenarios/traffic/figures.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";

const pods = new Map([
  ["pod-a", "node-a"],
  ["pod-b", "node-b"],
]);

function answered(at: number, pod: string, changes: Partial<Sample> = {}): Sample {
  const outcome = { kind: "answered", pod, clientAddress: "198.51.100.10" } as const;
  return { load: "http", at, milliseconds: 2, address: "203.0.113.1", outcome, ...changes };
}

function lost(at: number, reason = "ECONNREFUSED"): Sample {
  return { load: "http", at, milliseconds: 5, outcome: { kind: "lost", reason } };
}

describe("figures of samples", () => {
  it("count what was sent, answered and lost, with the reasons of losses; an answer of another's pod is lost, too", () => {
    const samples = [
      answered(0, "pod-a"),
      answered(10, "stranger"),
      lost(20),
      lost(30),
      lost(40, "no answer"),
    ];
    const figures = figuresOf(samples, pods);
    assert.deepEqual([figures.sent, figures.answered, figures.lost], [5, 1, 4]);
    assert.deepEqual(
      figures.losses,
      new Map([
        ["ECONNREFUSED", 2],
        ["answered by somebody else's pod", 1],
        ["no answer", 1],
      ]),
    );
  });

  it("take an answer of another's pod for no answer in the share of answered requests", () => {
    assert.equal(answeredPercent(figuresOf([answered(0, "pod-a"), answered(1, "stranger")], pods)), 50);
    assert.ok(Number.isNaN(answeredPercent(figuresOf([], pods))), "nothing was sent, so nothing is known");
  });

  it("count answers by pod, node and address", () => {
    const samples = [
      answered(0, "pod-a"),
      answered(1, "pod-b", { address: "203.0.113.2" }),
      answered(2, "pod-b"),
      answered(3, "stranger"),
    ];
    const figures = figuresOf(samples, pods);
    assert.deepEqual(
      figures.byPod,
      new Map([
        ["pod-a", 1],
        ["pod-b", 2],
      ]),
    );
    assert.deepEqual(
      figures.byNode,
      new Map([
        ["node-a", 1],
        ["node-b", 2],
      ]),
    );
    assert.deepEqual(
      figures.byAddress,
      new Map([
        ["203.0.113.1", 2],
        ["203.0.113.2", 1],
      ]),
    );
  });

  it("say in words what a share leaves out", () => {
    const figures = figuresOf([answered(0, "pod-a"), answered(1, "pod-b"), lost(2), lost(3)], pods);
    assert.equal(
      inWords(figures),
      "4 sent; 2 lost: ECONNREFUSED; p50 2.0 ms, p99 2.0 ms; answers by node-a 1, node-b 1",
    );
    assert.equal(inWords(figuresOf([lost(2)], pods)), "1 sent; 1 lost: ECONNREFUSED");
  });

  it("have the client's addresses that pods saw, each once", () => {
    assert.deepEqual(clientAddressesOf([answered(0, "pod-a"), answered(1, "pod-b"), lost(2)]), [
      "198.51.100.10",
    ]);
  });

  it("count a connection as answered although no pod is named", () => {
    const connected: Sample = {
      load: "tcp",
      at: 0,
      milliseconds: 1,
      address: "203.0.113.1",
      outcome: { kind: "connected" },
    };
    const figures = figuresOf([connected], pods);
    assert.deepEqual([figures.answered, answeredPercent(figures)], [1, 100]);
  });

  it("find the longest time without an answer between two answers", () => {
    const samples = [
      answered(1000, "pod-a"),
      lost(2000),
      lost(3000),
      answered(4500, "pod-a"),
      answered(4600, "pod-b"),
    ];
    assert.equal(figuresOf(samples, pods).longestGapSeconds, 3.5);
  });

  it("find it before the first answer and after the last one too", () => {
    assert.equal(figuresOf([lost(1000), answered(3000, "pod-a")], pods).longestGapSeconds, 2.002);
    assert.equal(figuresOf([answered(1000, "pod-a"), lost(4000)], pods).longestGapSeconds, 2.998);
    assert.equal(figuresOf([lost(1000), lost(6000)], pods).longestGapSeconds, 5);
  });

  it("find it among more requests than a call has room for arguments", () => {
    const samples = Array.from({ length: 300_000 }, (_, index) =>
      answered(index < 150_000 ? index : index + 500, "pod-a"),
    );
    assert.equal(figuresOf(samples, pods).longestGapSeconds, 0.501);
  });

  it("have percentiles of answers only", () => {
    const samples = [1, 2, 3, 100].map((milliseconds, at) => answered(at, "pod-a", { milliseconds }));
    const figures = figuresOf([...samples, lost(5)], pods);
    assert.deepEqual([figures.p50Milliseconds, figures.p99Milliseconds], [3, 100]);
    assert.ok(Number.isNaN(percentile([], 0.5)));
  });
});

describe("the longest pause between requests", () => {
  const sent = (load: string, at: number): Sample => answered(at, "pod-a", { load });

  it("is that of one load, whatever the others do and in whatever order answers came", () => {
    const samples = [sent("a", 3000), sent("a", 1000), sent("a", 1100), sent("b", 2000)];
    assert.equal(longestPauseSeconds(samples), 1.8);
  });

  it("is none as long as each request is sent when it is due, however seldom that is", () => {
    assert.equal(longestPauseSeconds([sent("a", 1000), sent("a", 3000), sent("a", 5000)]), 0);
  });

  it("is none before a second request", () => {
    assert.equal(longestPauseSeconds([sent("a", 1000), sent("b", 9000)]), 0);
  });
});
