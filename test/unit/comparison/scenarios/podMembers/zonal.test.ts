import assert from "node:assert/strict";
import { zonalFigures, zoneLoad } from "../../../../../comparison/scenarios/podMembers/zonal.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";

const nodeOfPod = new Map([["pod-1", "node-a"]]);
const [first, second] = [zoneLoad(0), zoneLoad(1)];
const figuresOf = (samples: readonly Sample[]) => zonalFigures({ samples, nodeOfPod });

describe("what clients of one zone meet", () => {
  it("is the longest gap at one of the addresses, though another zone answers meanwhile", () => {
    const times = [0, 1000, 2000, 3000, 4000];
    const found = figuresOf(
      times.flatMap((at) => [
        answered(first, at),
        at > 0 && at < 4000 ? lost(second, at) : answered(second, at),
      ]),
    );
    assert.ok(found.kind === "measured");
    assert.deepEqual([found.value.sent, found.value.lost, found.value.longestGapSeconds], [10, 3, 4]);
  });

  it("is not what clients of the name meet", () => {
    const found = figuresOf([answered(first, 0), lost("name", 0)]);
    assert.ok(found.kind === "measured");
    assert.deepEqual([found.value.sent, found.value.lost], [1, 0]);
  });

  it("is unknown if nothing was sent to a zone", () => {
    assert.equal(figuresOf([answered("name", 0)]).kind, "unreachable");
  });
});
