import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Sample } from "../../../../comparison/traffic/load.ts";
import { requireBearable } from "../../../long/survival/bearable.ts";
import { loadIds, lossAmong } from "../../../long/survival/traffic.ts";
import type { LoadId } from "../../../long/survival/traffic.ts";
import { victims } from "../../../long/survival/victims.ts";

const away = { killedAt: 1000, backAt: 9000 };

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
      away,
    );
    assert.ok(loss.kind === "measured");
    assert.deepEqual(
      loss.lost.map(({ load }) => load),
      ["left by name", "right by name"],
    );
  });

  it("is unknown where nothing was sent", () => {
    const loss = lossAmong([], away);
    assert.ok(loss.kind === "unknown");
    assert.match(
      loss.reason,
      /^nothing was sent while it was away: left by name, left by address, .*, right/,
    );
  });

  it("is unknown where one load sent nothing while the process was away, whatever it sent before and after", () => {
    const others = traffic().filter(
      ({ load, at }) => load !== "right keep-alive" || at < away.killedAt || at > away.backAt,
    );
    assert.deepEqual(lossAmong(others, away), {
      kind: "unknown",
      reason: "nothing was sent while it was away: right keep-alive",
    });
  });

  it("is unknown where the client itself stood still", () => {
    const paused = traffic().filter(({ at }) => at < 4000 || at > 6000);
    assert.deepEqual(lossAmong(paused, away), {
      kind: "unknown",
      reason: "the client itself stood still for 2.1 s",
    });
  });
});

describe("what a kill may cost", () => {
  const bearable = (process: string, lost: (id: LoadId, at: number) => boolean) => () => {
    const victim = victims.find((each) => each.process === process);
    assert.ok(victim);
    const loss = lossAmong(traffic(lost), away);
    assert.ok(loss.kind === "measured");
    requireBearable(victim, away, loss);
  };
  const meanwhile = (at: number): boolean => at >= away.killedAt && at <= away.backAt;

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
