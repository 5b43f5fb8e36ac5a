import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { isAlive, keeperRecord } from "../../../../lab/keeper/record.ts";
import { until } from "../../../../lab/until.ts";

describe("the keeper's note of itself", () => {
  it("is of a process that lives", () => {
    assert.ok(isAlive(keeperRecord(process.pid)));
  });

  it("is not of another process with the same id", () => {
    assert.ok(!isAlive({ ...keeperRecord(process.pid), startTime: "1" }));
  });

  it("is not of a process that was killed, even before its parent has collected it", async () => {
    // The shell starts a child, becomes a program that collects nobody, and so keeps the zombie.
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [data] = (await once(parent.stdout, "data")) as [Buffer];
    const record = keeperRecord(Number(data.toString()));
    assert.ok(isAlive(record));
    process.kill(record.pid, "SIGKILL");
    await until("the zombie", () => Promise.resolve(!isAlive(record)), 10_000);
    parent.kill("SIGKILL");
  });
});
