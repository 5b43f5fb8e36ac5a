import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { findServers, loadSeconds, timed } from "../../../../bench/dataPath/loadTime.ts";

/** Takes a processor for that long, of its own time. */
const spin = (milliseconds: number): string[] => [
  process.execPath,
  "-e",
  `while (process.cpuUsage().user + process.cpuUsage().system < ${milliseconds * 1000});`,
];

/** Waits until a process has been on a processor for that long. */
const untilUsed = (pid: string, milliseconds: number): string[] => [
  "sh",
  "-c",
  `used() { read nanoseconds _ < "/proc/$0/schedstat"; echo "$nanoseconds"; }
  end=$(($(used) + ${milliseconds * 1_000_000}))
  while [ "$(used)" -lt "$end" ]; do sleep 0.02; done`,
  pid,
];

const run = ([program = "", ...args]: readonly string[]) => spawnSync(program, args, { encoding: "utf8" });

describe("the processor time of a load", () => {
  it("is that of the load generator", () => {
    const seconds = loadSeconds(run(timed([], spin(150))).stdout);
    assert.ok(seconds >= 0.14 && seconds < 0.6, `${seconds} s`);
  });

  it("includes that of the servers while the load runs", () => {
    const server = spawn("sh", ["-c", "while :; do :; done"]);
    try {
      const pid = String(server.pid);
      const waiting = loadSeconds(run(timed([pid], untilUsed(pid, 200))).stdout);
      assert.ok(waiting >= 0.2, `${waiting} s`);
    } finally {
      server.kill("SIGKILL");
    }
  });

  it("is an error if the load fails or the output is something else", () => {
    assert.notEqual(run(timed([], ["false"])).status, 0);
    assert.throws(() => loadSeconds("servers: 1 ns\n"), /no processor time/);
    assert.throws(() => loadSeconds("0m0s 0m0s\n0m1.5s 0m0s\n"), /no processor time/);
  });

  it("counts minutes", () =>
    assert.equal(loadSeconds("0m0s 0m0s\n1m1.500000s 2m0.5s\nservers: 500000000 ns\n"), 182.5));

  it("finds the servers by their executables", () => {
    const found = run(findServers([process.execPath]))
      .stdout.trim()
      .split("\n");
    assert.ok(found.includes(String(process.pid)));
    assert.ok(
      !run(findServers(["/no/such/program"]))
        .stdout.split("\n")
        .includes(String(process.pid)),
    );
  });
});
