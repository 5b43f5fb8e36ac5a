import assert from "node:assert/strict";
import { clientAddress } from "../../../../comparison/scenarios/clientAddress/scenario.ts";
import { rows } from "../../../../comparison/scenarios/clientAddress/conclude.ts";
import type { Measured as Addresses, Row } from "../../../../comparison/scenarios/clientAddress/conclude.ts";
import { changeNodePort } from "../../../../comparison/scenarios/changeNodePort/scenario.ts";
import { failOpen } from "../../../../comparison/scenarios/failOpen/scenario.ts";
import { hairpin } from "../../../../comparison/scenarios/hairpin/scenario.ts";
import { variants as called } from "../../../../comparison/scenarios/hairpin/conclude.ts";
import type { Measured as Calls } from "../../../../comparison/scenarios/hairpin/conclude.ts";
import { outages } from "../../../../comparison/scenarios/outages/scenario.ts";
import { measured } from "../../../../comparison/scenarios/outcome.ts";
import { toldOf, verdictOf } from "../../../../comparison/scenarios/scenario.ts";
import type { Finding } from "../../../../comparison/scenarios/scenario.ts";
import { alteration } from "./alteration/alteration.ts";
import { conditions } from "./conditions.ts";
import { otherCloud, sentence, source } from "./otherCloud.ts";
import { both } from "./trial.ts";
import { trials } from "./trials.ts";

const verdicts = (findings: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(findings.map((finding) => [finding.title, verdictOf(finding)]));

const seen = (address: (row: Row) => string): Addresses => ({
  seen: Object.fromEntries(rows.map((row) => [row, both(measured(address(row)))])),
  answered: both(measured(100)),
});

describe("on a cloud that is not AWS, a scenario", () => {
  it("expects the load balancer's address where the cloud keeps none, and says whose documentation that is", () => {
    const proxied = seen((row) => (row.startsWith("local") ? "the load balancer's" : "a node's"));
    const findings = clientAddress.conclude(proxied, otherCloud);
    assert.deepEqual([...new Set(findings.map(verdictOf))], ["same"]);
    const local = findings.find(({ title }) => title === "Local, address kept: pods see");
    assert.deepEqual([local?.expected.sentence, local?.expected.source], [sentence, source]);
    assert.equal(
      verdicts(clientAddress.conclude(proxied, conditions()))["Local, address kept: pods see"],
      "different",
    );
  });

  it("expects what Kubernetes does all the same", () => {
    const kept = seen(() => "the load balancer's");
    assert.equal(
      verdicts(clientAddress.conclude(kept, otherCloud))["Cluster, not kept: pods see"],
      "different",
    );
  });

  it("expects a pod to reach itself through a proxy", () => {
    const reached = Object.fromEntries(
      called.map((variant) => [variant, both(measured({ own: 100, others: 100 }))]),
    ) as Calls;
    assert.deepEqual([...new Set(hairpin.conclude(reached, otherCloud).map(verdictOf))], ["same"]);
    assert.ok(hairpin.conclude(reached, conditions()).map(verdictOf).includes("different"));
  });

  it("expects a change to interrupt what the cloud interrupts, and to replace the objects that the cloud has", () => {
    const side = { there: { lostKeptAlive: 2, objects: "1 rule replaced" }, back: {} };
    const found = verdicts(changeNodePort.conclude(alteration({ left: side, right: side }), otherCloud));
    assert.equal(found["node port changed: lost, new connections"], "same");
    assert.equal(found["node port changed: lost, keep-alive"], "same");
    assert.equal(found["node port changed: longest gap"], "same");
    assert.equal(found["node port changed: objects"], "same");
    assert.equal(
      verdicts(changeNodePort.conclude(alteration({ left: side, right: side }), conditions(1)))[
        "node port changed: lost, new connections"
      ],
      "different",
    );
  });

  it("waits by the cloud's own clocks", () => {
    const found = trials.find(({ scenario }) => scenario.id === failOpen.id)?.documented;
    const least = (at: typeof otherCloud): boolean | undefined =>
      failOpen.conclude(found as never, at)[0]?.expected.left(17);
    // Two checks, 5 s apart, of 5 s at most, and 7 s for the rest; three of 30 s on AWS.
    assert.equal(least(otherCloud), true);
    assert.equal(failOpen.conclude(found as never, otherCloud)[0]?.expected.left(23), false);
    assert.equal(least(conditions(1)), false);
  });

  it("names the cloud's parts as the cloud does", () => {
    const found = trials.find(({ scenario }) => scenario.id === outages.id)?.documented;
    assert.equal(toldOf(outages, otherCloud.words).title, "Controller, API server and Forwarding API down");
    assert.ok(
      outages
        .conclude(found as never, otherCloud)
        .some(({ title }) => title === "Forwarding API down: a port added"),
    );
  });

  for (const { scenario, documented } of trials)
    it(`says nothing of AWS: ${scenario.id}`, () => {
      const said = JSON.stringify([
        toldOf(scenario, otherCloud.words),
        scenario
          .conclude(documented, otherCloud)
          .map(({ title, expected }) => [
            title,
            expected.sentence,
            expected.source,
            "differ" in expected.alike ? expected.alike.differ : "",
          ]),
        scenario.timelines?.(documented, otherCloud) ?? [],
      ]);
      assert.doesNotMatch(said, /\baws|amazon|\bNLB|\bEC2|security group|target group|Auto Scaling/i);
    });
});
