import assert from "node:assert/strict";
import { inWords, joined, shortNames } from "../../../../comparison/report/timeline.ts";
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

  it("shortens names of pods and nodes while they stay unique", () => {
    const names = (answeredBy: Timeline["answeredBy"], ...answerers: string[]) => {
      const answers = Object.fromEntries(answerers.map((name) => [name, 1]));
      return [
        ...shortNames(
          { bins: [{ sent: 9, lost: 0, answers }], events: [] },
          { ...connections, answeredBy },
        ).values(),
      ];
    };
    assert.deepEqual(names("pod", "echo-6b4c-22f45", "echo-6b4c-75lmm"), ["22f45", "75lmm"]);
    assert.deepEqual(names("pod", "a-1", "b-1", "b-2"), ["a-1", "b-1", "2"]);
    assert.deepEqual(names("node", "ip-10-0-0-1.us-west-2.compute.internal"), ["ip-10-0-0-1"]);
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
