/**
 * Moves in either direction under 100 requests a second over new connections and as many over kept ones, every other one killed somewhere and repeated. No request may be lost.
 * What it does not prove: test/live/move.test.ts says.
 */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { now } from "../../comparison/clock.ts";
import type { Project } from "../live/project.ts";
import { addressesOf, met, movableProject, startClients } from "../live/moving.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** Run by hand: MOVES=10 npx mocha --no-parallel test/long/movesUnderLoad.ts. Ten each way take 20 to 50 minutes. */
const roundTrips = Number(process.env.MOVES ?? 3);

/** Requests of each kind. */
const perSecond = 100;

/** From its first line on; a move takes longer. */
const longestLifeSeconds = 25;

describe("moving under load", function () {
  this.timeout(minutes(60));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await movableProject();
  });
  after(() => project.remove());

  /** @returns whether it was killed before its end */
  async function kill(to: string): Promise<boolean> {
    const move = project.start("move", "--to", to, "--drain-seconds", "120");
    const life = Math.random() * longestLifeSeconds;
    const ended = await Promise.race([move.ended, sleep(life * 1000)]);
    move.child.kill("SIGKILL");
    await move.ended;
    return ended === undefined;
  }

  it(`loses no request in ${roundTrips} moves in either direction, some of them killed`, async () => {
    const clients = await startClients(project, perSecond);
    const begin = now();
    let killed = 0;
    const seconds: number[] = [];
    try {
      for (let run = 0; run < 2 * roundTrips; run += 1) {
        const [way, to] =
          run % 2 === 0 ? (["loadBalancer", "loadbalancer"] as const) : (["nodePort", "nodeport"] as const);
        if (run % 4 >= 2 && (await kill(to))) killed += 1;
        const since = performance.now();
        const { status, stdout, stderr } = await project.run("move", "--to", to, "--drain-seconds", "120");
        assert.equal(status, 0, `${stdout}\n${stderr}`);
        seconds.push((performance.now() - since) / 1000);
        const end = now();
        await sleep(2000);
        const addresses = await addressesOf(project, way);
        const strays = clients.running.samples.filter(
          ({ address, at }) => at > end && !addresses.includes(address ?? ""),
        );
        assert.deepEqual(strays, []);
        // What a run that is ended before its end has shown.
        const lost = clients.running.samples.filter(({ outcome }) => outcome.kind === "lost").length;
        console.log(
          `move ${run + 1} to ${to}: ${(seconds.at(-1) ?? 0).toFixed(0)} s; ${clients.running.samples.length} requests so far, ${lost} lost`,
        );
      }
    } catch (error) {
      // What the samples show may fail as well, and would hide it.
      console.log(error);
      throw error;
    } finally {
      const samples = await clients.stop();
      let total = 0;
      for (const load of ["new", "kept"] as const) {
        const { sent, lost, losses, p50Milliseconds, p99Milliseconds } = await met(project, samples, load);
        const reasons = JSON.stringify([...losses]);
        console.log(
          `${load}: ${sent} sent, ${lost} lost ${reasons}, p50 ${p50Milliseconds.toFixed(1)} ms, p99 ${p99Milliseconds.toFixed(1)} ms`,
        );
        total += lost;
        const first = samples
          .filter((each) => each.load === load && each.outcome.kind === "lost")
          .slice(0, 3);
        for (const sample of first)
          console.log(
            `lost ${((sample.at - begin) / 1000).toFixed(1)} s after the begin: ${JSON.stringify(sample)}`,
          );
      }
      assert.equal(total, 0);
      console.log(
        `${seconds.length} moves, ${killed} of them killed before, in ${((now() - begin) / 1000).toFixed(0)} s; each ${Math.min(...seconds).toFixed(0)} to ${Math.max(...seconds).toFixed(0)} s`,
      );
    }
    assert.ok(killed > 0);
  });
});
