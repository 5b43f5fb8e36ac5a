import assert from "node:assert/strict";
import { answerersOf, inWords, joined } from "../../../../comparison/report/timeline.ts";
import type { Timeline } from "../../../../comparison/result/scenarioSchema.ts";
import { scenarios } from "./example/scenarios.ts";

const [connections, keepAlive] = scenarios.flatMap(({ timelines = [] }) => timelines) as [Timeline, Timeline];
const titles = { left: "L", right: "R" };

describe("requests over time, in words", () => {
  it("names events, losses with their times, and who answered", () => {
    assert.equal(
      inWords(connections, titles),
      "L: pod killed at 2.03 s; 4 of 200 lost, between 2 s and 2.6 s; answered by 22f45 (20), 75lmm (89), rvq28 (69), x7c2p (18). " +
        "R: pod killed at 2.41 s; 5 of 200 lost, between 2.4 s and 2.8 s; answered by 9srrg (24), krk7t (89), qtcdz (66), 8vw4d (16).",
    );
  });

  it("says if nothing was lost, or nothing was measured", () => {
    assert.match(
      inWords(keepAlive, titles),
      /^L: pod killed at 2\.03 s; none of 200 lost; answered by .* R: not measured\.$/,
    );
  });

  describe("who answered", () => {
    const side = (...names: string[]) => ({
      bins: names.map((name) => ({ sent: 1, lost: 0, answers: { [name]: 1 } })),
      events: [],
    });
    const labels = (answeredBy: Timeline["answeredBy"], ...names: string[]) =>
      answerersOf(side(...names), { ...connections, answeredBy }).map(({ label }) => label);

    it("has short names while they are unique", () => {
      assert.deepEqual(labels("pod", "echo-6b4c-22f45", "echo-6b4c-75lmm"), ["22f45", "75lmm"]);
      assert.deepEqual(labels("pod", "a-1", "b-1", "b-2"), ["a-1", "b-1", "2"]);
      assert.deepEqual(labels("node", "ip-10-0-0-1.us-west-2.compute.internal"), ["ip-10-0-0-1"]);
    });

    it("is in the order of first answers for pods, and in that of names for nodes", () => {
      assert.deepEqual(labels("pod", "b", "a", "b"), ["b", "a"]);
      assert.deepEqual(labels("node", "b", "a", "b"), ["a", "b"]);
    });

    it("is cut off after six names", () => {
      const text = inWords({ ...keepAlive, left: side("a", "b", "c", "d", "e", "f", "g", "h") }, titles);
      assert.match(
        text,
        /^L: none of 8 lost; answered by a \(1\), .*, f \(1\), and 2 more\. R: not measured\.$/,
      );
    });
  });

  it("keeps all requests when it joins bins", () => {
    const bins = Array.from({ length: 7 }, (_, index) => ({ sent: index, lost: 1, answers: {} }));
    assert.deepEqual(
      joined(bins, 1),
      bins.map(({ sent, lost }) => ({ sent, lost })),
    );
    assert.deepEqual(
      joined(bins, 3).map(({ sent, lost }) => [sent, lost]),
      [
        [3, 3],
        [12, 3],
        [6, 1],
      ],
    );
  });
});
