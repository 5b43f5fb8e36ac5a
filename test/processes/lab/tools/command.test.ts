import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { CommandError, run } from "../../../../lab/tools/command.ts";
import { until } from "../../../../lab/until.ts";

/** These start processes, which can take long on a busy machine. */
const loadedMachineMilliseconds = 30_000;

describe("tools: running a command", () => {
  it("answers its standard output, and tells every line of both outputs", async () => {
    const lines: string[] = [];
    const output = await run("sh", ["-c", "echo one; echo two >&2; printf three"], {
      onLine: (line) => lines.push(line),
    });
    assert.equal(output, "one\nthree");
    assert.deepEqual(lines.sort(), ["one", "three", "two"]);
  });

  it("gives the command its input, read or not", async () => {
    assert.equal(await run("cat", [], { input: "one\ntwo" }), "one\ntwo");
    assert.equal(await run("true", [], { input: "x".repeat(1_000_000) }), "");
  });

  it("has characters whole that come in two pieces", async () => {
    assert.equal(await run("sh", ["-c", "printf '\\303'; sleep 0.1; printf '\\251'"]), "é");
  });

  it("fails with the command, how it ended and the last lines it wrote", async () => {
    await assert.rejects(
      run("sh", ["-c", "seq 100; exit 3"]),
      (error) =>
        error instanceof CommandError &&
        error.outcome === "exit status 3" &&
        error.output.split("\n").length === 20 &&
        error.message.startsWith("sh -c seq 100; exit 3: exit status 3\n81\n"),
    );
  });

  it("fails if there is no such command", async () => {
    await assert.rejects(run("no-such-command", []), { name: "CommandError", outcome: /ENOENT/ });
  });

  it("ends the command and what it started when aborted, with the reason", async () => {
    const stop = new AbortController();
    const pids: number[] = [];
    const running = run("sh", ["-c", "sleep 60 & echo $!; echo $$; wait"], {
      signal: stop.signal,
      onLine: (line) => {
        pids.push(Number(line));
        if (pids.length === 2) stop.abort(new Error("enough"));
      },
    });
    await assert.rejects(running, { message: "enough" });
    assert.equal(pids.length, 2);
    // A process closes its output a moment before it is gone.
    await until("the end of both", () => !pids.some(isRunning), loadedMachineMilliseconds);
  });

  it("gives way with everything that it starts, where Linux groups processes by session", async function () {
    if (!existsSync("/proc/self/autogroup")) this.skip();
    const group = await run("sh", ["-c", "sleep 0.2; cat /proc/self/autogroup"], { niceness: 7 });
    assert.match(group, / nice 7$/m);
  });

  it("does not start when aborted before", async () => {
    await assert.rejects(run("true", [], { signal: AbortSignal.abort(new Error("enough")) }), {
      message: "enough",
    });
  });
}).timeout(loadedMachineMilliseconds);

/** A process that ended but was not collected by its parent yet is a zombie, state Z. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !readFileSync(file, "utf8").includes(") Z ");
}
