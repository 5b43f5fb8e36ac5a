/**
 * Cases that need a cloud, a cluster or a deployment, on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { CaseLab } from "../cases/lab/caseLab.ts";
import { shortcomings } from "../cases/lab/labCase.ts";
import { labCases } from "../cases/lab/labCases.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

describe("a case on the lab is judged right", function () {
  this.timeout(minutes(5));
  let lab: CaseLab;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    lab = await CaseLab.start();
  });
  after(() => lab.stop());

  for (const { name, title, steps } of labCases) {
    describe(`${name}: ${title}`, () => {
      after(() => lab.undo());
      for (const step of steps) {
        it(step.does, async () => {
          const said = await step.run(lab);
          assert.deepEqual(shortcomings(step, said), [], said.text);
        });
      }
    });
  }
});
