/** With a shell script in Pulumi's place. */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pulumiUp } from "../../../cli/pulumiUp.ts";

const urn = (name: string): string => `urn:pulumi:dev::p::kubernetes:core/v1:Service::${name}`;
const type = "kubernetes:core/v1:Service";
const event = (value: unknown): string => `echo '${JSON.stringify(value)}'`;
const done = (op: string, name: string): string =>
  event({ resOutputsEvent: { metadata: { op, urn: urn(name), type } } });

describe("pulumi up", () => {
  let directory = "";
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "pulumi-up-"))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const file = (name: string): string => join(directory, name);

  const up = async (
    script: readonly string[],
    { refresh = false, signal = new AbortController().signal } = {},
  ): Promise<{ changes: string; lines: readonly string[] }> => {
    writeFileSync(file("pulumi"), ["#!/bin/sh", `echo "$@" >> ${file("calls")}`, ...script, ""].join("\n"));
    chmodSync(file("pulumi"), 0o755);
    const lines: string[] = [];
    const report = (line: string): void => void lines.push(line);
    const environment = { PATH: [directory, process.env.PATH].join(delimiter) };
    return {
      changes: await pulumiUp(directory, environment, { planned: 2, refresh, report, signal }),
      lines,
    };
  };

  const calls = (): string[] => readFileSync(file("calls"), "utf8").trimEnd().split("\n");

  it("shows how far it has come, and says what it has changed", async () => {
    const { changes, lines } = await up(["echo a line for people", done("same", "a"), done("create", "b")]);
    assert.equal(changes, "1 created, 1 unchanged");
    assert.deepEqual(lines, ["1 of 2 resources", "2 of 2 resources"]);
    assert.equal(calls().length, 1);
    assert.doesNotMatch(calls()[0] ?? "", /--refresh/);
  });

  it("looks first at what is really there, if it is to", async () => {
    await up([], { refresh: true });
    assert.match(calls()[0] ?? "", /^up .*--refresh/);
  });

  it("fails with the errors of the engine, or with what Pulumi says", async () => {
    const diagnosticEvent = { severity: "error", message: "no room", urn: urn("a") };
    await assert.rejects(up([event({ diagnosticEvent }), "echo failed >&2", "exit 255"]), {
      name: "DeploymentError",
      message: "Service a: no room",
    });
    await assert.rejects(up(["echo error: no project >&2", "exit 255"]), { message: "error: no project" });
  });

  it("removes the lock of one that was killed, and only that", async () => {
    const locked = (pid: number) => {
      mkdirSync(file(".pulumi/locks"), { recursive: true });
      writeFileSync(file(".pulumi/locks/a.json"), JSON.stringify({ pid }));
      const lock = file(".pulumi/locks/a.json");
      return [
        `if [ "$1" = cancel ]; then rm ${lock}; exit; fi`,
        `if [ -e ${lock} ]; then echo "the stack is currently locked by 1 lock(s)" >&2; exit 255; fi`,
        done("same", "a"),
      ];
    };
    // No process has so high a number.
    assert.equal((await up(locked(2 ** 30))).changes, "1 unchanged");
    assert.deepEqual(
      calls().map((call) => call.split(" ")[0]),
      ["up", "cancel", "up"],
    );
    await assert.rejects(up(locked(process.pid)), /currently locked/);
    assert.ok(existsSync(file(".pulumi/locks/a.json")));
  });

  it("is asked to end, and waited for, when the command is stopped", async () => {
    const stopping = new AbortController();
    const script = [
      `trap 'echo recorded > ${file("end")}; exit 255' INT`,
      `echo > ${file("ready")}`,
      "while :; do sleep 0.05; done",
    ];
    const running = up(script, { signal: stopping.signal });
    while (!existsSync(file("ready"))) await sleep(10);
    stopping.abort(new Error("stopped by SIGINT"));
    await assert.rejects(running, /stopped by SIGINT/);
    assert.equal(readFileSync(file("end"), "utf8"), "recorded\n");
  });
});
