import assert from "node:assert/strict";
import { availableMemoryBytes, tooLittleMemory } from "../../../lab/memory.ts";

const meminfo = [
  "MemTotal:        4000000 kB",
  "MemFree:          200000 kB",
  "MemAvailable:    1000000 kB",
  "SwapTotal:       2000000 kB",
  "SwapFree:         500000 kB",
].join("\n");

describe("memory", () => {
  it("is available if programs or swap space can give it up", () => {
    assert.equal(availableMemoryBytes(meminfo, Infinity), 1_500_000 * 1024);
  });

  it("is limited by the control group", () => {
    assert.equal(availableMemoryBytes(meminfo, 256e6), 256e6);
  });

  it("of this machine is found", () => {
    assert.ok(availableMemoryBytes() > 0);
  });

  it("must suffice: the complaint names the needed and the available memory, and the remedy", () => {
    assert.equal(
      tooLittleMemory("the lab needs", 1.5e9, 890e6),
      "too little memory: the lab needs 1.5 GB, and 890 MB are available. Stop other programs, or give this machine more memory.",
    );
    assert.equal(tooLittleMemory("the lab needs", 1.5e9, 1.5e9), undefined);
  });
});
