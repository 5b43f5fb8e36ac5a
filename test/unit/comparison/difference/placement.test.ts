import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { differencesIn } from "../../../../comparison/difference/differences.ts";
import type { DataPathFacts } from "../../../../comparison/model/dataPath.ts";
import type { Exposure, Facts } from "../../../../comparison/model/exposure.ts";
import type { EndpointFacts } from "../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "./facts.ts";

/** The exposure with these of its three pods ready, on nodes by their letter, and that one ending. */
function withPods(exposure: Exposure, ready: string, ending: string): Exposure {
  const all = factsIn(exposure.endpoints) ?? [];
  const on = (letter: string): EndpointFacts =>
    all.find(({ node }) => node === `node-${letter}`) ?? assert.fail(letter);
  const leaving = Array.from(ending, (letter) => ({ ...on(letter), ready: false, terminating: true }));
  const staying = Array.from(ready, on);
  const addresses = staying.map(({ address }) => `${address}:8080`);
  const dataPath = (factsIn(exposure.dataPath) ?? []).map((node): DataPathFacts => ({
    ...node,
    entrances: node.entrances.map((entrance) => ({ ...entrance, endpoints: addresses })),
  }));
  return { ...exposure, endpoints: known([...staying, ...leaving]), dataPath: known(dataPath) };
}

function explanations(left: [string, string], right: [string, string]): (string | null)[] {
  const compared: Facts = {
    ...facts,
    left: withPods(facts.left, ...left),
    right: withPods(facts.right, ...right),
  };
  const { found, missing } = differencesIn(comparedOf(compared, aws));
  assert.deepEqual(missing, []);
  const ofPods = found.filter(({ path }) => /^(endpoints|dataPath)/.test(path));
  return [...new Set(ofPods.map(({ explanation }) => explanation))];
}

describe("the placement of pods", () => {
  it("is no difference where it is the same", () => {
    assert.deepEqual(explanations(["abc", ""], ["abc", ""]), []);
  });

  it("is the scheduler's choice with fewer pods than nodes", () => {
    assert.deepEqual(explanations(["ab", ""], ["bc", ""]), ["placement-of-pods"]);
  });

  it("is the scheduler's choice also while another pod ends on each side", () => {
    assert.deepEqual(explanations(["ab", "c"], ["bc", "a"]), ["placement-of-pods", "pods-still-ending"]);
  });

  it("is no difference of the ways if a pod ends on one side only", () => {
    assert.deepEqual(explanations(["ab", "c"], ["ab", ""]), ["pods-still-ending"]);
    assert.deepEqual(explanations(["ab", ""], ["ab", "c"]), ["pods-still-ending"]);
  });

  it("is a difference without a reason if the pods are spread differently", () => {
    assert.deepEqual(explanations(["abc", ""], ["ab", ""]), [null]);
  });
});
