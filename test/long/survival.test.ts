/**
 * SIGKILL ends every process of a lab, one after the other, under traffic through both load balancers. The process starts again, no stored data is
 * lost, and only those requests that AWS would lose too.
 * These tests prove nothing about how AWS itself fails.
 */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { timing } from "../../comparison/scenarios/timing.ts";
import { now } from "../../comparison/clock.ts";
import { Project } from "../live/project.ts";
import { requireAllowedLoss } from "./survival/allowedLoss.ts";
import { readMark, writeMark } from "./survival/mark.ts";
import { snapshotOf } from "./survival/snapshot.ts";
import type { Snapshot } from "./survival/snapshot.ts";
import { persistently, statuses, statusOf, subjectOf } from "./survival/subject.ts";
import type { Subject } from "./survival/subject.ts";
import { lossAmong, startTraffic } from "./survival/traffic.ts";
import type { Downtime, Loss } from "./survival/traffic.ts";
import { victims } from "./survival/victims.ts";
import type { Victim } from "./survival/victims.ts";
import { everythingReady } from "./survival/works.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** How often to try on a machine that is too busy to tell what was lost. */
const mostTries = 5;

describe("the lab, when a process is killed under traffic,", function () {
  const over = new AbortController();
  let project: Project;
  let subject: Subject;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
  });

  before(async function () {
    this.timeout(minutes(15));
    await project.succeed("lab", "up");
    await project.succeed("up");
    subject = await subjectOf(project, over.signal);
    await everythingReady(subject);
  });

  after(async function () {
    this.timeout(minutes(2));
    over.abort();
    await project.remove();
  });

  it("has a row in the table for each process, with one node's processes for all nodes", () => {
    const known = victims.map(({ process }) => process);
    const there = statuses(subject).map(({ name }) => name);
    assert.deepEqual(there.filter((name) => !/^node-[ac]/.test(name)).sort(), known.toSorted());
  });

  for (const victim of victims) {
    it(`restarts ${victim.process} with all its state, and ${lossOf(victim)}`, async function () {
      this.timeout(minutes(20));
      const unknown: string[] = [];
      while (unknown.length < mostTries) {
        const attempt = unknown.length + 1;
        const { downtime, loss } = await killed(subject, victim, attempt);
        if (loss.kind === "unknown") {
          unknown.push(`try ${attempt}: ${loss.reason}`);
          console.log(`      ${unknown.at(-1)}: the loss is unknown`);
          continue;
        }
        const downtimeSeconds = ((downtime.backAt - downtime.killedAt) / 1000).toFixed(1);
        console.log(
          `      works again after ${downtimeSeconds} s; ${loss.lost.length} of ${loss.sent.length} requests lost`,
        );
        requireAllowedLoss(victim, downtime, loss);
        return;
      }
      assert.fail(`the loss is unknown:\n${unknown.join("\n")}`);
    });
  }
});

function lossOf({ costs }: Victim): string {
  return costs.length === 0
    ? "loses no request"
    : `loses requests ${costs.join(", ")} only until it works again`;
}

/** The effects of one kill. */
interface Killed {
  readonly downtime: Downtime;
  readonly loss: Loss;
}

/** @throws if the process does not start again, or if anything differs from before */
async function killed(
  subject: Subject,
  { process: name, works, endsWithIt = [] }: Victim,
  attempt: number,
): Promise<Killed> {
  await everythingReady(subject);
  const before = new Map(statuses(subject).map((status) => [status.name, status.restarts]));
  const traffic = await startTraffic(subject);
  await sleep(timing.leadSeconds * 1000);
  try {
    const expected = await snapshotOf(subject);
    const word = `${name}-${attempt}`;
    await writeMark(subject, word);
    const killedAt = now();
    await subject.control.kill(name);
    await works(subject);
    const backAt = now();
    await sleep(timing.leadSeconds * 1000);
    await becomes(subject, expected);
    assert.deepEqual(await readMark(subject), { cluster: word, account: word });
    const samples = await traffic.stop();
    const { lastExit } = statusOf(subject, name);
    assert.equal(lastExit, "SIGKILL");
    const again = statuses(subject).filter((each) => each.restarts > (before.get(each.name) ?? 0));
    assert.deepEqual(again.map((each) => each.name).sort(), [name, ...endsWithIt].sort());
    const downtime = { killedAt, backAt };
    return { downtime, loss: lossAmong(samples, downtime) };
  } finally {
    await traffic.stop();
  }
}

/** Reported states, such as a target's health, need a moment to recover. */
async function becomes(subject: Subject, expected: Snapshot): Promise<void> {
  let found: Snapshot | undefined;
  await persistently("everything as it was", subject, async () => {
    found = await snapshotOf(subject);
    return isDeepStrictEqual(found, expected) || undefined;
  }).catch((error: unknown) => {
    // The difference is more useful than the time-out.
    assert.deepEqual(found, expected);
    throw error;
  });
}
