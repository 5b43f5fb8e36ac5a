import assert from "node:assert/strict";
import { machineLoadBetween, machineLines, timesIn } from "../../../bench/machine.ts";

/** user nice system idle iowait irq softirq steal guest guest_nice */
const before = "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 2 3\n";
const after = "cpu  140 0 120 810 10 0 10 10 30 0\ncpu0 1 2 3\n";

describe("the machine's load", () => {
  it("is the difference between two first lines of /proc/stat, with guests' time counted once", () => {
    const { busy, steal } = machineLoadBetween(timesIn(before), timesIn(after));
    // 100 ticks: 20 idle or waiting for a disk, 10 stolen, the rest busy.
    assert.equal(steal, 0.1);
    assert.ok(Math.abs(busy - 0.7) < 1e-9, String(busy));
  });

  it("is reported with the machine", () => {
    const machine = { cpu: "AMD EPYC", cores: 2, memoryGiB: 24, kernel: "6.1.0", node: "v20.19.0" };
    assert.deepEqual(machineLines(machine, { loadBefore: 0.12, busy: 0.512, steal: 0.034 }), [
      "Machine: AMD EPYC, 2 cores, 24 GiB, Linux 6.1.0, Node v20.19.0.",
      "Load: 0.1 in the minute before; during the run the processors were busy 51.2 % of the time, and other machines stole 3.4 %.",
    ]);
  });
});
