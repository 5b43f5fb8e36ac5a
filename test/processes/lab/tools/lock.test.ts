import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../../../lab/tools/lock.ts";

const checkout = join(import.meta.dirname, "../../../..");

/** These start processes, which can take long on a busy machine. */
const loadedMachineMilliseconds = 30_000;

describe("tools: the lock", () => {
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "lock-"));
    file = join(directory, "lock");
  });

  afterEach(() => rm(directory, { recursive: true }));

  it("returns the work's result, and is free afterwards, even if the work fails", async () => {
    assert.equal(await withLock(file, {}, () => Promise.resolve(7)), 7);
    await assert.rejects(
      withLock(file, {}, () => Promise.reject(new Error("broken"))),
      { message: "broken" },
    );
    const onWait = () => assert.fail("nobody holds it");
    assert.equal(await withLock(file, { onWait }, () => Promise.resolve(8)), 8);
  });

  it("lets the second wait, and say so, until the first is done", async () => {
    const events: string[] = [];
    let second: Promise<void> | undefined;
    await withLock(file, {}, async () => {
      await new Promise<void>((waiting) => {
        const onWait = () => {
          events.push("waiting");
          waiting();
        };
        second = withLock(file, { onWait }, () => Promise.resolve(void events.push("second")));
      });
      events.push("first");
    });
    await second;
    assert.deepEqual(events, ["waiting", "first", "second"]);
  });

  it("is taken over from a holder that was killed", async () => {
    const module = join(checkout, "lab/tools/lock.ts");
    const loading = join(checkout, "loading/load.mjs");
    const program = `
      import { importable } from ${JSON.stringify(loading)};
      const { withLock } = await import(importable(${JSON.stringify(module)}));
      await withLock(${JSON.stringify(file)}, {}, () => {
        console.log("held");
        return new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const args = ["--input-type=module", "--eval", program];
    const holder = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    let waited = false;
    const onWait = () => {
      waited = true;
      holder.kill("SIGKILL");
    };
    assert.equal(await withLock(file, { onWait }, () => Promise.resolve("mine")), "mine");
    assert.equal(waited, true);
  });

  it("stops waiting when aborted", async () => {
    await withLock(file, {}, async () => {
      const stop = new AbortController();
      const onWait = () => stop.abort(new Error("enough"));
      await assert.rejects(
        withLock(file, { signal: stop.signal, onWait }, () => assert.fail("it is held")),
        { message: "enough" },
      );
    });
  });

  it("names the file that it cannot lock", async () => {
    const nowhere = join(directory, "no", "lock");
    await assert.rejects(
      withLock(nowhere, {}, () => assert.fail("not locked")),
      { message: /cannot lock .*no\/lock with flock: .*No such file or directory/ },
    );
  });
}).timeout(loadedMachineMilliseconds);
