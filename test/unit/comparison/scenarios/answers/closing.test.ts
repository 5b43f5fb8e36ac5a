import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Opening } from "../../../../../comparison/clouds/operations.ts";
import { whileClosed } from "../../../../../comparison/scenarios/answers/closing.ts";
import type { Load } from "../../../../../comparison/traffic/load.ts";
import { timing } from "../../../../../comparison/scenarios/timing.ts";
import { fakeTestbed, fakeTarget } from "../fakeTestbed.ts";
import { lost } from "../samples.ts";

const client = "198.51.100.10";
const nobody = "192.0.2.0/24";

/** The firewall's entries, by id, as they change. @param lag after how many knocks on a node port a change is there */
function rules(sources: readonly string[], lag = 0) {
  const source = new Map(sources.map((cidr, index) => [`sgr-${index}`, cidr]));
  let isClosed = false;
  let late = 0;
  const knocked: { host: string; port: number; closed: boolean }[] = [];
  const cloud = {
    openings: () => Promise.resolve([...source].map(([id, cidr]) => ({ id, source: cidr }))),
    changeSource: ({ id }: Opening, cidr: string) => {
      if (!source.has(id)) return Promise.resolve(false);
      source.set(id, cidr);
      late = lag;
      return Promise.resolve(true);
    },
  };
  /** As a controller does that reconciles: an entry with another source is no entry of its own. */
  const reconcile = (): void => {
    for (const [id, cidr] of [...source])
      if (cidr === nobody && source.delete(id)) source.set(`${id}-again`, sources[0] ?? "");
  };
  const testbed = fakeTestbed({
    cloud,
    clientAddress: client,
    cluster: {
      nodes: () =>
        Promise.resolve([
          { name: "node-1", address: "10.0.0.10", zone: "a", ready: true, machine: "i-1" },
          { name: "node-2", address: "10.0.1.10", zone: "b", ready: true, machine: "i-2" },
        ]),
    },
    startLoads: (loads: readonly Load[]) => {
      if (late === 0) isClosed = [...source.values()].includes(nobody);
      else late -= 1;
      const samples = loads.map(({ id, host, port }) => {
        knocked.push({ host, port, closed: isClosed });
        return isClosed
          ? lost(id, 0)
          : { load: id, at: 0, milliseconds: 1, outcome: { kind: "connected" } as const };
      });
      const ended = Promise.resolve(samples);
      return Promise.resolve({ samples, ended, stop: () => ended });
    },
  });
  return { testbed, knocked, reconcile, now: () => [...source.values()] };
}

describe("closing node ports to the client", () => {
  it("changes only the entries that let the client in, and restores them", async () => {
    const { testbed, now } = rules(["198.51.100.0/24", "10.0.0.0/16"]);
    const meanwhile = await whileClosed(testbed, [fakeTarget("one")], () => Promise.resolve(now()));
    assert.deepEqual(meanwhile, [nobody, "10.0.0.0/16"]);
    assert.deepEqual(now(), ["198.51.100.0/24", "10.0.0.0/16"]);
  });

  it("waits until no node port accepts a connection, and afterwards until all do again", async () => {
    const { testbed, knocked } = rules(["0.0.0.0/0"], 2);
    const before = await whileClosed(testbed, [fakeTarget("one")], () => Promise.resolve(knocked.length));
    const seen = (knocks: typeof knocked): boolean[] => knocks.map(({ closed }) => closed);
    // Both nodes each time.
    assert.deepEqual(seen(knocked.slice(0, before)), [false, false, false, false, true, true]);
    assert.deepEqual(seen(knocked.slice(before)), [true, true, true, true, false, false]);
    assert.deepEqual(
      knocked.slice(0, 2).map(({ host, port }) => `${host}:${port}`),
      ["10.0.0.10:30080", "10.0.1.10:30080"],
    );
  });

  it("waits no longer than changes take to propagate on a busy machine: an open port is then for the measurement to show", async () => {
    const { testbed, knocked } = rules(["0.0.0.0/0"], Infinity);
    const begin = testbed.clock.now();
    const seconds = await whileClosed(testbed, [fakeTarget("one")], () =>
      Promise.resolve((testbed.clock.now() - begin) / 1000),
    );
    const most = timing.propagationSeconds + timing.machineSeconds;
    assert.ok(seconds >= most && seconds < most + 0.2, `${seconds}`);
    assert.ok(knocked.every(({ closed }) => !closed));
  });

  it("restores the entries if what is done meanwhile fails", async () => {
    const { testbed, now } = rules(["0.0.0.0/0"]);
    await assert.rejects(
      whileClosed(testbed, [fakeTarget("one")], () => Promise.reject(new Error("no client"))),
      /no client/,
    );
    assert.deepEqual(now(), ["0.0.0.0/0"]);
  });

  it("does it again if the entries' owner replaced one meanwhile", async () => {
    const { testbed, reconcile, now } = rules(["0.0.0.0/0"]);
    let times = 0;
    const last = await whileClosed(testbed, [fakeTarget("one")], () => {
      times += 1;
      if (times === 1) reconcile();
      return Promise.resolve(now());
    });
    assert.equal(times, 2);
    assert.deepEqual(last, [nobody]);
    assert.deepEqual(now(), ["0.0.0.0/0"]);
  });

  it("does it again if the owner replaced an entry before it was closed", async () => {
    const { testbed, reconcile, now } = rules(["0.0.0.0/0"]);
    let asked = 0;
    const cloud = {
      ...testbed.cloud,
      openings: async (port: number) => {
        const found = await testbed.cloud.openings(port);
        asked += 1;
        if (asked > 1) return found;
        for (const { id } of found) await testbed.cloud.changeSource({ id, source: undefined }, nobody);
        reconcile();
        return found;
      },
    };
    const seen: string[][] = [];
    await whileClosed({ ...testbed, cloud }, [fakeTarget("one")], () => Promise.resolve(seen.push(now())));
    assert.deepEqual(seen, [["0.0.0.0/0"], [nobody]]);
    assert.deepEqual(now(), ["0.0.0.0/0"]);
  });

  it("fails if the owner replaces an entry every time", async () => {
    const { testbed, reconcile, now } = rules(["0.0.0.0/0"]);
    await assert.rejects(
      whileClosed(testbed, [fakeTarget("one")], async () => {
        await Promise.resolve();
        reconcile();
      }),
      /one: rules that had been closed were replaced meanwhile, 3 times/,
    );
    assert.deepEqual(now(), ["0.0.0.0/0"]);
  });

  it("fails if no entry lets the client in: then nothing could be closed", async () => {
    const { testbed, now } = rules(["10.0.0.0/16"]);
    await assert.rejects(
      whileClosed(testbed, [fakeTarget("one")], () => Promise.resolve()),
      /one: no rule lets 198\.51\.100\.10 reach the node ports/,
    );
    assert.deepEqual(now(), ["10.0.0.0/16"]);
  });
});
