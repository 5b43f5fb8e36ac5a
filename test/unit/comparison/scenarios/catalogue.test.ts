import assert from "node:assert/strict";
import { scenarios } from "../../../../comparison/scenarios/catalogue.ts";
import { tryOut } from "./trial.ts";
import { trials } from "./trials.ts";

describe("the scenarios", () => {
  it("have ids of their own, which can be typed", () => {
    const ids = scenarios.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      ids.filter((id) => !/^[a-z0-9-]+$/.test(id)),
      [],
    );
  });

  it("are tried, each of them", () => {
    assert.deepEqual(
      trials.map(({ scenario }) => scenario.id),
      scenarios.map(({ id }) => id),
    );
  });
});

for (const trial of trials)
  describe(`the scenario ${trial.scenario.id}`, () => {
    tryOut(trial);
  });
