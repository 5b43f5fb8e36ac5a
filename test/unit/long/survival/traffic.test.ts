import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Sample } from "../../../../comparison/traffic/load.ts";
import { requireAllowedLoss } from "../../../long/survival/allowedLoss.ts";
import { loadIds, lossAmong } from "../../../long/survival/traffic.ts";
import type { LoadId } from "../../../long/survival/traffic.ts";
import { victims } from "../../../long/survival/victims.ts";

const downtime = { killedAt: 1000, backAt: 9000 };

const sample = (load: string, at: number, kind: "lost" | "connected"): Sample => ({
  load,
  at,
  milliseconds: 1,
  outcome: kind === "lost" ? { kind, reason: "ECONNRESET" } : { kind },
});

/** All loads of both sides, ten requests a second each, of which `lost` says which were. */
function traffic(lost: (id: LoadId, at: number) => boolean = () => false): Sample[] {
  const times = Array.from({ length: 200 }, (_, index) => index * 100);
  return ["left", "right"].flatMap((side) =>
    loadIds.flatMap((id) =>
      times.map((at) => sample(`${side} ${id}`, at, lost(id, at) ? "lost" : "connected")),
    ),
  );
}

describe("what a kill costs", () => {
  it("is what was lost, where every load has sent", () => {
    const loss = lossAmong(
      traffic((id, at) => id === "by name" && at === 5000),
      downtime,
    );
    assert.ok(loss.kind === "measured");
    assert.deepEqual(
      loss.lost.map(({ load }) => load),
      ["left by name", "right by name"],
    );
  });

  it("is unknown where nothing was sent", () => {
    const loss = lossAmong([], downtime);
    assert.ok(loss.kind === "unknown");
    assert.match(
      loss.reason,
      /^nothing was sent during the downtime: left by name, left by address, .*, right/,
    );
  });

  it("is unknown where one load sent nothing while the process was down, whatever it sent before and after", () => {
    const others = traffic().filter(
      ({ load, at }) => load !== "right keep-alive" || at < downtime.killedAt || at > downtime.backAt,
    );
    assert.deepEqual(lossAmong(others, downtime), {
      kind: "unknown",
      reason: "nothing was sent during the downtime: right keep-alive",
    });
  });

  it("is unknown where the client itself paused", () => {
    const paused = traffic().filter(({ at }) => at < 4000 || at > 6000);
    assert.deepEqual(lossAmong(paused, downtime), {
      kind: "unknown",
      reason: "the client itself paused for 2.1 s",
    });
  });
});

describe("what a kill may cost", () => {
  const bearable = (process: string, lost: (id: LoadId, at: number) => boolean) => () => {
    const victim = victims.find((each) => each.process === process);
    assert.ok(victim);
    const loss = lossAmong(traffic(lost), downtime);
    assert.ok(loss.kind === "measured");
    requireAllowedLoss(victim, downtime, loss);
  };
  const meanwhile = (at: number): boolean => at >= downtime.killedAt && at <= downtime.backAt;

  it("is nothing where what decides has no part in the packets' way", () => {
    bearable("etcd", () => false)();
    assert.throws(bearable("etcd", (id, at) => id === "by name" && at === 5000));
  });

  it("is look-ups without a resolver, until it is back, and nothing else", () => {
    bearable("dns", (id, at) => id === "by name" && meanwhile(at))();
    assert.throws(bearable("dns", (id, at) => id === "by name" && at === 9100));
    assert.throws(bearable("dns", (id, at) => id === "by address" && at === 5000));
  });

  it("is a node's share of new connections, by its name or an address of another node", () => {
    bearable("node-b", (id, at) => id !== "keep-alive" && meanwhile(at) && at % 300 === 0)();
    for (const load of ["by name", "by address"])
      assert.throws(
        bearable("node-b", (id, at) => id === load && meanwhile(at)),
        new RegExp(`162 of 162 requests ${load} were lost meanwhile`),
      );
  });

  it("is all of the connections that were made before, until a node is back", () => {
    bearable("node-b", (id, at) => id === "keep-alive" && meanwhile(at))();
    assert.throws(bearable("node-b", (id, at) => id === "keep-alive" && at > 15_000));
  });
});
