import assert from "node:assert/strict";
import { scenarios } from "../../../../comparison/scenarios/catalogue.ts";
import type { Scenario } from "../../../../comparison/scenarios/scenario.ts";
import { turnsOf } from "../../../../comparison/scenarios/turns.ts";

const scenario = (id: string, beside?: Scenario["beside"]): Scenario => ({
  id,
  title: id,
  question: "",
  quick: true,
  ...(beside === undefined ? {} : { beside }),
  needs: [],
  measure: () => Promise.resolve([]),
  conclude: () => [],
});

const ids = (turns: readonly (readonly Scenario[])[]): string[][] =>
  turns.map((turn) => turn.map(({ id }) => id));

describe("the turns of scenarios", () => {
  it("are one scenario each, in their order", () => {
    assert.deepEqual(ids(turnsOf([scenario("a"), scenario("b")])), [["a"], ["b"]]);
  });

  it("are those together that follow one another and are of one kind", () => {
    const kinds = [
      "looking on",
      "looking on",
      "killing pods",
      "killing pods",
      undefined,
      "looking on",
    ] as const;
    const given = kinds.map((kind, index) => scenario("abcdef".charAt(index), kind));
    assert.deepEqual(ids(turnsOf(given)), [["a", "b"], ["c", "d"], ["e"], ["f"]]);
  });

  it("put those together that only look on, and those that kill pods of their own", () => {
    const quick = scenarios.filter((each) => each.quick);
    assert.deepEqual(ids(turnsOf(quick)), [
      ["answers", "spread", "client-address"],
      ["udp", "pod-killed"],
    ]);
  });
});
