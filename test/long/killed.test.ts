/** A lab that is killed while it starts, at any moment and by any of its processes: nothing is left on the host, and the next start works. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { labFiles, readJson } from "../../lab/files.ts";
import type { KeeperRecord } from "../../lab/keeper/record.ts";
import { isAlive } from "../../lab/keeper/record.ts";
import { labStatus } from "../../lab/lab.ts";
import type { MilestoneName } from "../../lab/supervisor/status.ts";
import { leftovers, traces } from "../live/leftovers.ts";
import { Project } from "../live/project.ts";
import type { Running } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** Processes that can be killed. Each of them takes the lab down. */
type Victim = "keeper" | "first process" | "supervisor";

/** Seconds after `npm run lab -- up` was started. Ordered, so that each start finds more saved state than the one before. */
const moments: readonly (readonly [seconds: number, Victim])[] = [
  [0.3, "keeper"],
  [1, "first process"],
  [2, "supervisor"],
  [4, "first process"],
  [7, "keeper"],
];

/** Seconds after the keeper started, while it makes the namespaces and their processes do not yet end with it. */
const firstMoments: readonly number[] = [0, 0.03, 0.1, 0.2, 0.4, 0.8];

/** Steps of the start after which a process is killed. */
const steps: readonly (readonly [MilestoneName, Victim])[] = [
  ["network", "keeper"],
  ["cloud account", "first process"],
  ["API server", "supervisor"],
  ["nodes started", "keeper"],
  ["controllers", "first process"],
];

describe("a lab that is killed while it starts", function () {
  this.timeout(minutes(10));
  let project: Project;
  let before_: string[];

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    before_ = traces(project.directory);
  });
  after(async function () {
    this.timeout(minutes(2));
    await project.remove();
  });

  const left = (): Promise<string[]> => leftovers(project.directory, before_);
  const record = (): KeeperRecord | undefined => {
    const found = readJson(labFiles(project.settings.directory).keeper) as KeeperRecord | undefined;
    return found !== undefined && isAlive(found) ? found : undefined;
  };

  /** The last report of an earlier start is removed before the keeper of this one starts. */
  const hasDone = (step: MilestoneName): boolean => {
    const { running, last } = labStatus(project.settings.directory);
    return running !== undefined && last?.milestones.some(({ name }) => name === step) === true;
  };

  /** Kills the command too, so that a process that does not exist yet is never started. */
  const kill = async ({ child, ended }: Running, victim: Victim): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    const found = record();
    if (found === undefined) return;
    const { pid, initPid } = found;
    const first = initPid ?? pid;
    const pids = { keeper: pid, "first process": first, supervisor: childOf(first) ?? first };
    process.kill(pids[victim], "SIGKILL");
  };

  for (const [seconds, victim] of moments) {
    it(`leaves nothing behind if its ${victim} is killed ${seconds} s after the command started`, async () => {
      const up = project.start("lab", "up");
      await sleep(seconds * 1000);
      await kill(up, victim);
      assert.deepEqual(await left(), []);
    });
  }

  for (const seconds of firstMoments) {
    it(`leaves nothing behind if its keeper is killed ${seconds} s after the keeper started`, async () => {
      const up = project.start("lab", "up");
      await until(up, "the keeper's start", () => record() !== undefined);
      await sleep(seconds * 1000);
      await kill(up, "keeper");
      assert.deepEqual(await left(), []);
    });
  }

  it("starts normally after all these kills", async () => {
    assert.match(await project.succeed("lab", "up"), /three nodes ready/);
    await project.succeed("lab", "down");
    assert.deepEqual(await left(), []);
  });

  for (const [step, victim] of steps) {
    it(`leaves nothing behind if its ${victim} is killed after the step "${step}"`, async () => {
      const up = project.start("lab", "up");
      await until(up, step, () => hasDone(step));
      await kill(up, victim);
      assert.deepEqual(await left(), []);
    });
  }

  it("continues to start if only the command is killed, and the next command finds it", async () => {
    const up = project.start("lab", "up");
    await until(up, "network", () => hasDone("network"));
    up.child.kill("SIGKILL");
    assert.equal((await up.ended).status, 137);
    assert.match(await project.succeed("lab", "up"), /already running/);
    await project.succeed("lab", "down");
    assert.deepEqual(await left(), []);
  });
});

/** Resolves when the start has come this far. @throws if the command ended before */
async function until({ child }: Running, what: string, holds: () => boolean): Promise<void> {
  for (;;) {
    const { exitCode } = child;
    if (holds()) return;
    assert.equal(exitCode, null, `the start ended before: ${what}`);
    await sleep(5);
  }
}

/** The first child of a process; undefined if it has none or has ended. */
function childOf(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return children === "" ? undefined : Number(children.split(" ")[0]);
  } catch {
    return undefined;
  }
}
