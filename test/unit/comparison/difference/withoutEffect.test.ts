import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import type { Judgement } from "../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import type { ServiceFacts } from "../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "./facts.ts";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

function judged(annotations: Record<string, string>, labels?: Record<string, string>): Judgement {
  const service: ServiceFacts = factsIn(facts.right.service) ?? assert.fail();
  const changed = {
    ...service,
    annotations: { ...service.annotations, ...annotations },
    ...(labels === undefined ? {} : { labels }),
  };
  const right = { ...facts.right, service: known(changed) };
  return judge(comparedOf({ ...facts, right }, aws), { traffic: [], statements: [] });
}

describe("an annotation without effect", () => {
  it("is listed, and explained as a difference: it is no reason against the verdict", () => {
    const { verdict, withoutEffect, explanations, aspects } = judged({ [`${prefix}scheme`]: "internal" });
    assert.equal(verdict.kind, "equivalent", verdict.reasons.join());
    assert.deepEqual(
      withoutEffect.map(({ side, name, gets, instead }) => [side, name, gets, instead]),
      [["right", `${prefix}scheme`, "the load balancer is internet-facing", `${prefix}internal`]],
    );
    assert.ok(explanations.some(({ id }) => id === "annotations-without-effect"));
    const row = aspects.find(({ title }) => title === "other annotations");
    assert.equal(row?.verdict, "equivalent");
  });

  it("is explained as a label, too", () => {
    const { verdict, withoutEffect } = judged({}, { [`${prefix}internal`]: "true" });
    assert.equal(verdict.kind, "equivalent", verdict.reasons.join());
    assert.deepEqual(
      withoutEffect.map(({ place }) => place),
      ["label"],
    );
  });

  it("does not explain another annotation that only one side has", () => {
    const { verdict } = judged({
      [`${prefix}scheme`]: "internal",
      "service.kubernetes.io/topology-mode": "Auto",
    });
    assert.equal(verdict.kind, "different");
    assert.ok(verdict.reasons.every((reason) => reason.includes("topology-mode")));
  });

  it("is not there on the stack dev", () => {
    assert.deepEqual(judged({}).withoutEffect, []);
  });
});
