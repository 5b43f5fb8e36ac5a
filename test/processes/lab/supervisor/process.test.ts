import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { afterEach, beforeEach, describe, it } from "mocha";
import { SupervisedProcess, restartDelay } from "../../../../lab/supervisor/process.ts";
import { until } from "../../../../lab/until.ts";

describe("a supervised process", () => {
  let directory = "";
  let process_: SupervisedProcess | undefined;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "supervised-"));
  });
  afterEach(async () => {
    await process_?.stop(1_000);
    mock.timers.reset();
    rmSync(directory, { recursive: true });
  });

  const start = (script: string): SupervisedProcess => {
    process_ = new SupervisedProcess(
      "part",
      { program: "sh", args: ["-c", script] },
      join(directory, "part.log"),
      () => undefined,
    );
    return process_;
  };

  /** Restarts then wait until time is let pass. */
  const stopTime = (): void => mock.timers.enable({ apis: ["setTimeout"] });
  const letPass = (milliseconds: number): void => mock.timers.tick(milliseconds);

  it("waits longer from restart to restart, up to five seconds", () => {
    assert.deepEqual([0, 1, 2, 5, 6, 60].map(restartDelay), [100, 200, 400, 3200, 5000, 5000]);
  });

  it("is not waited for when it ends again and again: the error has the last line of its log", async () => {
    stopTime();
    const part = start("echo the state is of another version; exit 1");
    part.throwIfFailing();
    await assert.rejects(
      until(
        "an answer",
        () => {
          part.throwIfFailing();
          letPass(restartDelay(60));
          return false;
        },
        10_000,
        { pauseMs: 5 },
      ),
      /^Error: part ended 5 times in a row \(exit code 1\): the state is of another version$/,
    );
  });

  it("is started again when it ends, and says how it ended", async () => {
    // Ends at once the first time, and stays the second: a process that kept ending would be seen alive by luck only.
    const mark = join(directory, "mark");
    const part = start(`if [ -e ${mark} ]; then exec sleep 60; fi; touch ${mark}; echo hello; exit 7`);
    await until(
      "a second start",
      () => Promise.resolve(part.status.restarts >= 1 && part.status.pid !== undefined),
      5_000,
    );
    assert.equal(part.status.lastExit, "exit code 7");
    assert.match(
      readFileSync(join(directory, "part.log"), "utf8"),
      /hello\n\[supervisor\] part ended \(exit code 7\); starts again in 100 ms/,
    );
  });

  it("says since when it runs, and while it waits for its next start, for how long", async () => {
    const begin = new Date();
    const part = start("sleep 0.05; exit 7");
    const running = part.status;
    await until("its end", () => Promise.resolve(part.status.lastExit !== undefined), 5_000);
    const waiting = part.status;
    await until("its next start", () => Promise.resolve(part.status.pid !== undefined), 5_000);
    assert.deepEqual(
      [running.backOff, waiting.backOff, part.status.backOff],
      [undefined, restartDelay(0), undefined],
    );
    const times = [begin, running.since, waiting.since, part.status.since].map((time) =>
      Number(new Date(time)),
    );
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.ok(times[3]! - times[1]! >= 50 + restartDelay(0) - 5);
  });

  it("is not started again once it is stopped", async () => {
    const part = start("exec sleep 60");
    await part.stop(1_000);
    assert.equal(part.status.pid, undefined);
    assert.equal(part.status.restarts, 0);
  });

  it("is ended while it is held, and started at once when it is released", async () => {
    stopTime();
    const part = start("exec sleep 60");
    await part.hold();
    const { since: _since, ...status } = part.status;
    assert.deepEqual(status, {
      name: "part",
      pid: undefined,
      held: true,
      backOff: undefined,
      restarts: 0,
      lastExit: "SIGKILL",
    });
    letPass(2 * restartDelay(0));
    assert.equal(part.status.pid, undefined);
    part.release();
    assert.notEqual(part.status.pid, undefined);
    assert.equal(part.status.held, false);
  });

  it("is held also while it waits for its next start", async () => {
    stopTime();
    const part = start("exit 7");
    await until("its end", () => Promise.resolve(part.status.lastExit !== undefined), 5_000);
    await part.hold();
    const { restarts } = part.status;
    letPass(4 * restartDelay(0));
    const { status } = part;
    assert.deepEqual([status.restarts, status.pid, status.backOff], [restarts, undefined, undefined]);
  });

  it("is not started by a release if it was not held, or if it is stopped", async () => {
    const part = start("exec sleep 60");
    const { pid } = part.status;
    part.release();
    assert.equal(part.status.pid, pid);
    await part.hold();
    await part.stop(1_000);
    part.release();
    assert.equal(part.status.pid, undefined);
  });

  it("is started again when it is killed, and says if there was nothing to kill", async () => {
    const part = start("exec sleep 60");
    assert.equal(await part.kill(), true);
    assert.equal(await part.kill(), false);
    await until("its next start", () => Promise.resolve(part.status.pid !== undefined), 5_000);
    assert.deepEqual([part.status.restarts, part.status.lastExit], [1, "SIGKILL"]);
  });

  it("is killed when it does not end by itself", async () => {
    const part = start("trap '' TERM; echo deaf; while true; do sleep 0.05; done");
    await until(
      "the trap",
      () => Promise.resolve(readFileSync(join(directory, "part.log"), "utf8").includes("deaf")),
      5_000,
    );
    await part.stop(100);
    assert.equal(part.status.lastExit, "SIGKILL");
  });

  it("reports a program that is not there, and goes on trying", async () => {
    process_ = new SupervisedProcess(
      "part",
      { program: "/no/such/program", args: [] },
      join(directory, "part.log"),
      () => undefined,
    );
    const part = process_;
    await until("a report", () => Promise.resolve(part.status.lastExit !== undefined), 5_000);
    assert.match(part.status.lastExit ?? "", /ENOENT/);
  });
});
