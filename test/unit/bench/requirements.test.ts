import assert from "node:assert/strict";
import type { Machine } from "../../../lab/requirements/machine.ts";
import { provideCommands } from "../../../bench/requirements.ts";
import type { NeededCommand } from "../../../bench/requirements.ts";

const wrk: NeededCommand = { command: "wrk", why: "it sends the requests", isService: false };
const haproxy: NeededCommand = { command: "haproxy", why: "one of the proxies", isService: true };

/** A machine with these commands, which installs what it is told to. */
function machineWith(commands: readonly string[], uid: number): { machine: Machine; ran: string[] } {
  const there = new Set(["apt-get", ...commands]);
  const ran: string[] = [];
  const machine: Machine = {
    platform: "linux",
    uid,
    user: "somebody",
    which: (command) => (there.has(command) ? `/usr/bin/${command}` : undefined),
    read: () => undefined,
    run: (command, args) => {
      ran.push([command, ...args].join(" "));
      if (args.includes("install")) for (const name of args) there.add(name);
      return Promise.resolve({ status: 0, stdout: "", stderr: "" });
    },
  };
  return { machine, ran };
}

const provide = (machine: Machine, servicesAreManaged = false) =>
  provideCommands(
    [wrk, haproxy],
    () => undefined,
    machine,
    () => servicesAreManaged,
  );

describe("commands that a benchmark needs", () => {
  it("are not installed if they are there", async () => {
    const { machine, ran } = machineWith(["wrk", "haproxy"], 0);
    await provide(machine);
    assert.deepEqual(ran, []);
  });

  it("are installed by root if they are missing", async () => {
    const { machine, ran } = machineWith(["haproxy"], 0);
    await provide(machine);
    assert.deepEqual(ran, [
      "apt-get update",
      "apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=600 wrk",
    ]);
  });

  it("are otherwise asked for, all in one message with the commands that install them", async () => {
    const { machine, ran } = machineWith([], 1000);
    await assert.rejects(provide(machine), (error: Error) => {
      assert.match(error.message, /^ {2}- wrk: it sends the requests$/m);
      assert.match(error.message, /^ {2}- haproxy: one of the proxies$/m);
      assert.match(
        error.message,
        /^ {2}apt +sudo apt-get install --yes --no-install-recommends wrk haproxy$/m,
      );
      return true;
    });
    assert.deepEqual(ran, []);
  });

  it("are asked for even by root if a package would start a service", async () => {
    const { machine, ran } = machineWith([], 0);
    await assert.rejects(provide(machine, true), (error: Error) => {
      assert.doesNotMatch(error.message, /wrk/);
      assert.match(error.message, /^ {2}apt +apt-get install .* haproxy$/m);
      assert.match(error.message, /systemctl disable --now haproxy/);
      return true;
    });
    assert.match(ran.at(-1) ?? "", / wrk$/);
  });
});
