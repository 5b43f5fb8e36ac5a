import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, it } from "mocha";
import { eventually } from "../../live/eventually.ts";
import { processFile } from "../../../lab/processes.ts";
import { endOrphans, endStrays, markedEnvironment } from "../../../cli/strays.ts";

describe("what an interrupted operation leaves running", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  const start = async (environment: Record<string, string>): Promise<ChildProcess> => {
    const child = spawn("sleep", ["60"], { env: { ...process.env, ...environment }, stdio: "ignore" });
    children.push(child);
    await once(child, "spawn");
    return child;
  };

  it("is ended, unlike processes of other operations", async () => {
    const [mine, others] = [markedEnvironment(), markedEnvironment()];
    const [stray, other, stranger] = await Promise.all([mine, others, {}].map(start));
    endStrays(mine);
    const [, signal] = (await once(stray ?? assert.fail(), "close")) as [number | null, string | null];
    assert.equal(signal, "SIGKILL");
    for (const child of [other, stranger]) assert.equal(child?.exitCode ?? child?.signalCode, null);
  });

  it("may be nothing, also if the operation never began", () => {
    endStrays(markedEnvironment());
    endStrays({});
  });

  it("is ended once its engine was killed, unlike what an engine still needs and what is about another state", async () => {
    const directory = mkdtempSync(join(tmpdir(), "strays-"));
    try {
      const engine = join(directory, "pulumi");
      symlinkSync("/bin/sh", engine);
      const backend = `file://${directory}`;
      /** An engine, with a program as its child. */
      const started = async (state: string) => {
        const env = { ...process.env, ...markedEnvironment(), PULUMI_BACKEND_URL: state };
        const child = spawn(engine, ["-c", "sleep 60 >/dev/null & echo $!; wait"], {
          env,
          stdio: ["ignore", "pipe", "ignore"],
        });
        children.push(child);
        const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
        return { child, program: Number(line) };
      };
      const [killed, other, running] = [
        await started(backend),
        await started(`${backend}/other`),
        await started(backend),
      ];
      for (const { child } of [killed, other]) {
        child.kill("SIGKILL");
        await once(child, "close");
      }
      const runs = ({ program }: { readonly program: number }): boolean =>
        processFile(program, "environ") !== "";
      assert.deepEqual([killed, other, running].map(runs), [true, true, true]);
      endOrphans(backend);
      await eventually("the program has ended", () => !runs(killed));
      assert.deepEqual([other, running].map(runs), [true, true]);
      running.child.kill("SIGKILL");
      await once(running.child, "close");
      endOrphans(backend);
      endOrphans(`${backend}/other`);
      await eventually("all programs have ended", () => !runs(running) && !runs(other));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
