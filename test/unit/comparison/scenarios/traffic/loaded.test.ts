import assert from "node:assert/strict";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import {
  figureOf,
  figuresFor,
  figuresUnlessStill,
  lastLossFor,
  samplesOf,
} from "../../../../../comparison/scenarios/traffic/loaded.ts";
import { answered, lost } from "../samples.ts";

describe("what a load met", () => {
  const loaded = {
    samples: [answered("new", 10), lost("new", 20), answered("other", 20), answered("new", 30, "stranger")],
    nodeOfPod: new Map([["pod-1", "node-a"]]),
  };

  it("is that of one load, in a span without its end", () => {
    assert.deepEqual(samplesOf(loaded, "new", { from: 10, to: 20 }), [answered("new", 10)]);
    assert.deepEqual(samplesOf(loaded, "new", { from: 20 }).length, 2);
    assert.deepEqual(samplesOf(loaded, "other"), [answered("other", 20)]);
  });

  it("is counted against the pods that there were", () => {
    const found = figuresFor(loaded, "new");
    assert.ok(found.kind === "measured");
    const { sent, answered: good, lost: bad } = found.value;
    assert.deepEqual({ sent, good, bad }, { sent: 3, good: 1, bad: 2 });
  });
});

describe("what a load met in which nothing was sent", () => {
  const loaded = { samples: [answered("new", 10)], nodeOfPod: new Map<string, string>() };
  const nothing = { kind: "unreachable", reason: "nothing was sent then (new)", again: true };

  it("is not known, be it a count, a share or a moment", () => {
    const span = { from: 20, to: 30 };
    assert.deepEqual(figuresFor(loaded, "new", span), nothing);
    assert.deepEqual(lastLossFor(loaded, "new", 20, span), nothing);
    assert.deepEqual(figuresUnlessStill(loaded, "new", span), nothing);
  });
});

describe("one of both sides' figures", () => {
  it("has the others in words beside it", () => {
    const side = measured({
      happened: 15,
      samples: [answered("new", 10), lost("new", 20)],
      nodeOfPod: new Map([["pod-1", "node-a"]]),
    });
    const { left } = figureOf(
      { left: side, right: side },
      "new",
      (figures) => figures.lost,
      (from) => ({ from }),
    );
    assert.deepEqual(left, { kind: "measured", value: 1, detail: "1 sent; 1 lost: no answer within 2 s" });
  });
});

describe("what a load met in a span of a long one", () => {
  const loaded = {
    samples: [1000, 4000, 4100, 4200].map((at) => answered("new", at)),
    nodeOfPod: new Map<string, string>(),
  };

  it("is known unless the client stood still then, or just before", () => {
    const known = figuresUnlessStill(loaded, "new", { from: 4050, to: 5000 });
    assert.equal(known.kind === "measured" && known.value.sent, 2);
    const still = figuresUnlessStill(loaded, "new", { from: 1500, to: 4150 });
    assert.equal(
      still.kind === "unreachable" && still.reason.split(":")[0],
      "the client itself stood still for 2.9 s",
    );
  });
});
