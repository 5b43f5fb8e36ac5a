import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hairpinFindings, sharesOf, variants } from "../../../../../comparison/scenarios/hairpin/scenario.ts";
import type { Shares } from "../../../../../comparison/scenarios/hairpin/scenario.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { concludes } from "../concludes.ts";

const call = (own: boolean, answered: boolean) => ({ own, answered });

describe("calls of pods to their own load balancer", () => {
  it("are told apart by whether the address is the own zone's", () => {
    const calls = [call(true, false), call(true, true), call(false, true), call(false, true)];
    assert.deepEqual(sharesOf(calls), { own: 50, others: 100 });
  });

  it("say nothing where there were none of a kind", () => {
    assert.throws(() => sharesOf([call(true, true)]), /another zone/);
    assert.throws(() => sharesOf([call(false, true)]), /its own zone/);
  });
});

type Called = (typeof variants)[number]["variant"];

const usual: Readonly<Record<Called, Shares>> = {
  plain: { own: 0, others: 100 },
  local: { own: 0, others: 100 },
  masqueraded: { own: 100, others: 100 },
};
/** On one side each variant as it is usually, but for what this says. */
const found = (changes: Partial<Record<Called, Partial<Shares>>> = {}) =>
  variants.flatMap(({ variant }) =>
    hairpinFindings(variant, {
      left: measured({ ...usual[variant], ...changes[variant] }),
      right: measured(usual[variant]),
    }),
  );

const own = variants.map(({ title }) => `${title}: at the own zone's address`);
const others = variants.map(({ title }) => `${title}: at other zones' addresses`);

describe("a pod that calls its own load balancer", () => {
  concludes(found(), {
    "it reaches itself though the client's address is kept": {
      findings: found({ plain: { own: 11 }, local: { own: 100 } }),
      different: own.slice(0, 2),
    },
    "it does not though it is not kept": {
      findings: found({ masqueraded: { own: 89 } }),
      different: own.slice(2),
    },
    "it does not reach another node": {
      findings: found({ plain: { others: 94 }, local: { others: 0 }, masqueraded: { others: 94 } }),
      different: others,
    },
  });
});
