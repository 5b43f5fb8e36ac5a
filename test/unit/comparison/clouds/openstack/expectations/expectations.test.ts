import assert from "node:assert/strict";
import { features as known } from "../../../../../../comparison/clouds/feature.ts";
import { expectations } from "../../../../../../comparison/clouds/openstack/expectations/index.ts";
import { openstack } from "../../../../../../comparison/clouds/openstack/index.ts";
import { testbedFeatures } from "../../../../../../comparison/clouds/feature.ts";
import { answers } from "../../../../../../comparison/scenarios/answers/scenario.ts";
import { clientAddress } from "../../../../../../comparison/scenarios/clientAddress/scenario.ts";
import { nodeAdded } from "../../../../../../comparison/scenarios/nodeAdded/scenario.ts";
import { nodeLost } from "../../../../../../comparison/scenarios/nodeLost/scenario.ts";
import { measured } from "../../../../../../comparison/scenarios/outcome.ts";
import type { Conditions } from "../../../../../../comparison/scenarios/scenario.ts";
import { verdictOf } from "../../../../../../comparison/scenarios/scenario.ts";
import { spread } from "../../../../../../comparison/scenarios/spread/scenario.ts";
import { both } from "../../../scenarios/trial.ts";
import { trials } from "../../../scenarios/trials.ts";

const { clocks, words } = openstack;
const at: Conditions = { timeScale: 1, clocks, words, expectations };
const offered = new Set<string>([...openstack.features(), ...Object.keys(testbedFeatures)]);

describe("on OpenStack, a scenario", () => {
  for (const { scenario, documented } of trials) {
    const lacking = scenario.needs.filter((feature) => !offered.has(feature));
    if (lacking.length === 0)
      it(`knows what is documented: ${scenario.id}`, () => {
        const findings = scenario.conclude(documented, at);
        assert.notEqual(findings.length, 0);
        for (const { title, expected } of findings) {
          assert.match(expected.source, /^https:\/\//, title);
          assert.doesNotMatch(
            `${title} ${expected.sentence}`,
            /DNS|\bAWS\b|\bNLB\b|target group|undefined|NaN/,
            title,
          );
        }
      });
    else
      it(`is skipped, and nothing is expected of it: ${scenario.id}`, () => {
        assert.throws(
          () => scenario.conclude(documented, at),
          ({ message }: Error) => lacking.some((feature) => message.includes(known[feature])),
        );
      });
  }

  const verdicts = (findings: ReturnType<typeof answers.conclude>) =>
    Object.fromEntries(findings.map((finding) => [finding.title, verdictOf(finding)]));
  const shares = (nodes: number) => measured({ name: measured(100), nodes: measured(nodes) });

  it("has no client past the load balancer, whoever made it", () => {
    const titles = ["answered by address", "answered by each node's address and node port"] as const;
    assert.deepEqual(verdicts(answers.conclude({ plain: both(shares(0)) }, at)), {
      [titles[0]]: "same",
      [titles[1]]: "same",
    });
    const past = verdicts(answers.conclude({ plain: { left: shares(0), right: shares(3.3) } }, at));
    assert.equal(past[titles[1]], "different");
  });

  it("has the load balancer's address where AWS keeps the client's", () => {
    const seen = (local: string) => ({
      seen: { plain: both(measured("a node's")), local: both(measured(local)) },
      answered: both(measured(100)),
    });
    assert.deepEqual(verdicts(clientAddress.conclude(seen("the load balancer's"), at)), {
      "Cluster: pods see": "same",
      "Local: pods see": "same",
      "answered, by all of these": "same",
    });
    assert.equal(verdicts(clientAddress.conclude(seen("the client's"), at))["Local: pods see"], "different");
  });

  it("says nothing of zones, nor of groups of machines", () => {
    const titlesOf = (id: string) => {
      const trial = trials.find(({ scenario }) => scenario.id === id);
      return trial?.scenario.conclude(trial.documented, at).map(({ title }) => title) ?? [];
    };
    assert.deepEqual(titlesOf(spread.id), ["answered", "by node as target", "by pod"]);
    assert.deepEqual(titlesOf(nodeAdded.id), [
      "takes requests before anybody does anything",
      "from Ready to its first request",
      "lost meanwhile",
    ]);
    assert.ok(titlesOf(nodeLost.id).every((title) => !title.includes("zones")));
  });
});
