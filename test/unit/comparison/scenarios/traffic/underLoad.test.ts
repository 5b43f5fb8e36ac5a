import assert from "node:assert/strict";
import type { Target } from "../../../../../comparison/scenarios/testbed/testbed.ts";
import type { Pod } from "../../../../../comparison/scenarios/testbed/cluster.ts";
import type { Load, Sample } from "../../../../../comparison/traffic/load.ts";
import { loadOn } from "../../../../../comparison/scenarios/traffic/loadOn.ts";
import { once, underLoad } from "../../../../../comparison/scenarios/traffic/underLoad.ts";
import { fakeTestbed, fakeLoads, fakeTarget } from "../fakeTestbed.ts";
import { answered, lost } from "../samples.ts";

const targets = { left: fakeTarget("left"), right: fakeTarget("right") };

const pod = (name: string, node: string): Pod => ({
  name,
  node,
  address: "10.244.1.1",
  ready: true,
  terminating: false,
  restarts: 0,
  preStopSeconds: 25,
});

/** Two requests a load, 20 ms apart. */
const twice = ({ id }: Load): Sample[] => [answered(id, 1000), answered(id, 1020)];

function testbed(
  meet: (load: Load) => readonly Sample[] = twice,
  pods: () => Pod[] = () => [pod("pod-1", "node-a")],
) {
  const startLoads = fakeLoads(meet);
  return {
    startLoads,
    testbed: fakeTestbed({ startLoads, cluster: { pods: () => Promise.resolve(pods()) } }),
  };
}

const loads = ({ address, ports }: Target): Load[] => [
  loadOn(address, ports, { id: "new", kind: "http", seconds: 10 }),
];

describe("a load while something happens", () => {
  it("sends to both sides from one client, and gives each its own samples under their own names", async () => {
    const { testbed: onTestbed, startLoads } = testbed();
    const { left, right } = await underLoad(onTestbed, targets, {
      loads,
      happen: ({ way }) => Promise.resolve(way),
    });
    assert.deepEqual(
      startLoads.started.map(({ id, host, port }) => ({ id, host, port })),
      [
        { id: "left new", host: "left.elb.example", port: 80 },
        { id: "right new", host: "right.elb.example", port: 80 },
      ],
    );
    assert.deepEqual(left, {
      kind: "measured",
      value: {
        happened: "left",
        samples: [answered("new", 1000), answered("new", 1020)],
        nodeOfPod: new Map([["pod-1", "node-a"]]),
        lastListed: new Map([["pod-1", 1_000_500]]),
      },
    });
    assert.equal(right.kind === "measured" && right.value.happened, "right");
  });

  it("takes an answer of somebody else's pod for none", async () => {
    const { testbed: onTestbed } = testbed(({ id }) => [answered(id, 1000), answered(id, 1020, "stranger")]);
    const { left } = await underLoad(onTestbed, targets, { loads, happen: () => Promise.resolve() });
    assert.deepEqual(left.kind === "measured" && left.value.samples.map(({ outcome }) => outcome.kind), [
      "answered",
      "lost",
    ]);
  });

  it("knows pods that were there only for a while", async () => {
    const all = [pod("pod-1", "node-a"), pod("pod-2", "node-b")];
    let looked = 0;
    const { testbed: onTestbed } = testbed(twice, () => [all[Math.min(looked++, 3) < 2 ? 0 : 1]!]);
    const { left } = await underLoad(onTestbed, targets, { loads, happen: () => Promise.resolve() });
    assert.deepEqual(left.kind === "measured" && [...left.value.nodeOfPod.keys()], ["pod-1", "pod-2"]);
  });

  it("says of a failure on one side nothing on the other", async () => {
    const { left, right } = await underLoad(testbed().testbed, targets, {
      loads,
      happen: ({ way }) => (way === "left" ? Promise.reject(new Error("no pod")) : Promise.resolve()),
    });
    assert.deepEqual(left, { kind: "unreachable", reason: "no pod" });
    assert.equal(right.kind, "measured");
  });

  it("calls nothing measured if the client itself stood still", async () => {
    const { testbed: onTestbed } = testbed(({ id }) => [
      answered(id, 980),
      answered(id, 1000),
      lost(id, 2520),
    ]);
    const { left } = await underLoad(onTestbed, targets, { loads, happen: () => Promise.resolve() });
    assert.equal(
      left.kind === "unreachable" && left.reason.split(":")[0],
      "the client itself stood still for 1.5 s",
    );
  });

  it("stops the loads, however it ends", async () => {
    const { testbed: onTestbed, startLoads } = testbed();
    let stopped = 0;
    const watched: typeof startLoads = Object.assign(
      async (given: readonly Load[]) => {
        const running = await startLoads(given);
        return { ...running, stop: () => (stopped++, running.stop()) };
      },
      { started: startLoads.started },
    );
    await underLoad(fakeTestbed({ startLoads: watched, cluster: onTestbed.cluster }), targets, {
      loads,
      happen: () => Promise.reject(new Error("no")),
    });
    assert.equal(stopped, 1);
  });
});

describe("what happens once", () => {
  it("is begun by the first to call, and the same for all", async () => {
    let times = 0;
    const happen = once(() => Promise.resolve(++times));
    assert.deepEqual(await Promise.all([happen(), happen()]), [1, 1]);
  });
});
