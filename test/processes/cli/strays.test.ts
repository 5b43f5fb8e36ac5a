import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, it } from "mocha";
import { endStrays, markedEnvironment } from "../../../cli/strays.ts";

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
});
