/** `npm start` and Ctrl-C at any moment: nothing is left on the host, and the next start works. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { leftovers, traces } from "../live/leftovers.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

describe("npm start and Ctrl-C", function () {
  this.timeout(minutes(10));
  let project: Project;
  let before_: string[];

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    before_ = traces(project.directory);
  });
  after(() => project.remove());

  const left = (): Promise<string[]> => leftovers(project.directory, before_);

  for (const milliseconds of [300, 2500, 5000]) {
    it(`leave nothing behind ${milliseconds} ms after the start`, async () => {
      const { child, ended } = project.start("start");
      await sleep(milliseconds);
      const interrupted = child.kill("SIGINT");
      const { status, stdout, stderr } = await ended;
      assert.equal(interrupted, true);
      assert.equal(status, 130, `${stdout}\n${stderr}`);
      assert.deepEqual(await left(), []);
    });
  }

  // Waits for the step, because its time depends on the machine.
  for (const [what, line] of [
    ["deploys", "pulumi up, stack dev"],
    ["kills pods under traffic", "scenario 4 of"],
  ] as const) {
    it(`leave nothing behind while npm start ${what}`, async () => {
      const { child, ended } = project.start("start");
      let output = "";
      child.stdout?.on("data", (data: Buffer) => (output += data.toString()));
      while (!output.includes(line) && child.exitCode === null) await sleep(100);
      await sleep(1000);
      assert.equal(child.kill("SIGINT"), true, output);
      const { status, stdout, stderr } = await ended;
      assert.equal(status, 130, `${stdout}\n${stderr}`);
      assert.deepEqual(await left(), []);
    });
  }

  it("do not disturb the next start", async () => {
    assert.match(await project.succeed("start"), /^Equivalent: /m);
    await project.succeed("lab", "down");
    assert.deepEqual(await left(), []);
  });
});
