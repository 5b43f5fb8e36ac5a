import assert from "node:assert/strict";
import { scenarios } from "../../../../comparison/scenarios/catalogue.ts";
import type { Scenario } from "../../../../comparison/scenarios/scenario.ts";
import { turnsOf } from "../../../../comparison/scenarios/turns.ts";

const scenario = (id: string, besideOthers?: boolean): Scenario => ({
  id,
  title: id,
  question: "",
  quick: true,
  ...(besideOthers === undefined ? {} : { besideOthers }),
  needs: [],
  measure: () => Promise.resolve([]),
  conclude: () => [],
});

const ids = (turns: readonly (readonly Scenario[])[]): string[][] =>
  turns.map((turn) => turn.map(({ id }) => id));

describe("the turns of scenarios", () => {
  it("are one scenario each, in their order", () => {
    assert.deepEqual(ids(turnsOf([scenario("a"), scenario("b", false)])), [["a"], ["b"]]);
  });

  it("are those together that follow one another and may run beside others", () => {
    const given = [scenario("a", true), scenario("b", true), scenario("c"), scenario("d", true)];
    assert.deepEqual(ids(turnsOf(given)), [["a", "b"], ["c"], ["d"]]);
  });

  it("leave alone whoever kills pods, and put together who only asks", () => {
    const quick = scenarios.filter((each) => each.quick);
    assert.deepEqual(ids(turnsOf(quick)), [["answers", "spread", "client-address"], ["udp"], ["pod-killed"]]);
  });
});
