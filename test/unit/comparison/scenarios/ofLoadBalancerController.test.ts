/** What the scenarios conclude where the AWS Load Balancer Controller serves the LoadBalancer Services: its behaviour is as documented, and that of the default controller is not. */
import assert from "node:assert/strict";
import { expectationsWith } from "../../../../comparison/clouds/aws/expectations/index.ts";
import type { FindingVerdict } from "../../../../comparison/result/scenarioSchema.ts";
import { changeNodePort } from "../../../../comparison/scenarios/changeNodePort/scenario.ts";
import { changePolicy } from "../../../../comparison/scenarios/changePolicy/scenario.ts";
import { changePorts } from "../../../../comparison/scenarios/changePorts/scenario.ts";
import { changeScheme } from "../../../../comparison/scenarios/changeScheme/scenario.ts";
import { changeServiceType } from "../../../../comparison/scenarios/changeServiceType/scenario.ts";
import type { Broken, Measured as Drift } from "../../../../comparison/scenarios/drift/conclude.ts";
import { measured } from "../../../../comparison/scenarios/outcome.ts";
import type { Measured as Drained } from "../../../../comparison/scenarios/nodeDrained/conclude.ts";
import type { Measured as Tls } from "../../../../comparison/scenarios/tls/conclude.ts";
import type { Measured as Lost } from "../../../../comparison/scenarios/nodeLost/conclude.ts";
import type { Sample } from "../../../../comparison/traffic/load.ts";
import { verdictOf } from "../../../../comparison/scenarios/scenario.ts";
import type { Scenario } from "../../../../comparison/scenarios/scenario.ts";
import type { MeasuredAlteration } from "../../../../comparison/scenarios/alteration/conclude.ts";
import { alteration } from "./alteration/alteration.ts";
import type { Change, Step } from "./alteration/alteration.ts";
import { conditions } from "./conditions.ts";
import { lost } from "./samples.ts";
import { trials } from "./trials.ts";
import type { Trial } from "./trial.ts";

const at = { ...conditions(), expectations: expectationsWith("aws-load-balancer-controller") };

const fine: readonly FindingVerdict[] = ["same", "as documented"];

const amiss = (scenario: Pick<Scenario, "conclude">, found: unknown): string[] =>
  scenario
    .conclude(found, at)
    .filter((finding) => !fine.includes(verdictOf(finding)))
    .map(({ title }) => title);

function trialNamed(id: string): Trial {
  const found = trials.find(({ scenario }) => scenario.id === id);
  assert.ok(found);
  return found;
}

describe("with the AWS Load Balancer Controller", () => {
  it("a drained node is no target from its taint on", () => {
    const { scenario, documented } = trialNamed("node-drained");
    const { left, right } = documented as Drained;
    assert.ok(right.kind === "measured");
    const { happened, ...traffic } = right.value;
    const found: Drained = {
      left,
      right: measured({ ...traffic, happened: { ...happened, afterDrain: false } }),
    };
    assert.deepEqual(amiss(scenario, found), []);
    assert.deepEqual(amiss(scenario, documented), ["drained: still a target"]);
  });

  it("a client is served its host's certificate and HTTP/1.1 by both ways", () => {
    const { scenario, documented } = trialNamed("tls");
    const found = documented as Tls;
    const { left } = found["1.2 and 1.3"];
    assert.deepEqual(amiss(scenario, { ...found, "1.2 and 1.3": { left, right: left } }), []);
    assert.deepEqual(amiss(scenario, documented), [
      "a client that asks for the other host is served",
      "protocol by ALPN of a client that offers HTTP/2 and HTTP/1.1",
    ]);
  });

  it("a deleted target comes back with a change of the nodes, and not of the Service", () => {
    const { scenario, documented } = trialNamed("drift");
    const { broken, samples } = documented as Drift;
    assert.ok(broken.right.kind === "measured");
    const { repairs, ...times } = broken.right.value;
    const right: Broken = {
      ...times,
      repairs: { ...repairs, target: { by: "a change of the nodes", seconds: 3 } },
    };
    assert.deepEqual(amiss(scenario, { samples, broken: { ...broken, right: measured(right) } }), []);
    assert.deepEqual(amiss(scenario, documented), ["target: brought back by"]);
  });

  it("a draining delay can be declared", () => {
    const { scenario, documented } = trialNamed("draining");
    assert.deepEqual(amiss(scenario, documented), ["a delay of 120 s can be declared"]);
    const declared = { left: measured(true), right: measured(true) };
    assert.deepEqual(amiss(scenario, { ...(documented as object), declared }), []);
  });

  it("no client reaches a node past the load balancer, so the loss of one is not missed there", () => {
    const { scenario, documented } = trialNamed("node-lost");
    const { left, right } = documented as Lost;
    assert.ok(right.kind === "measured");
    const samples = right.value.samples.map((sample): Sample =>
      sample.load === "node" ? lost("node", sample.at) : sample,
    );
    assert.deepEqual(amiss(scenario, { left, right: measured({ ...right.value, samples }) }), []);
    assert.deepEqual(amiss(scenario, documented), ["only that node's address: answered before"]);
  });

  const out: Step = { outageSeconds: 12 };
  const gone: Step = { ...out, lostKeptAlive: 200 };
  const of = (scenario: Scenario<MeasuredAlteration>, left: Change, right: Change): string[] =>
    amiss(scenario, alteration({ left, right }));
  const twice = (step: Step): Change => ({ there: step, back: step });

  it("a target group stays when the node port changes, and its targets are new", () => {
    const left = twice({ ...out, objects: "1 target group replaced, 2 rules replaced" });
    const objects = ["node port changed: objects", "changed back: objects"];
    assert.deepEqual(of(changeNodePort, left, twice(out)), []);
    assert.deepEqual(of(changeNodePort, left, twice({ ...out, objects: "1 rule replaced" })), []);
    assert.deepEqual(of(changeNodePort, left, left), objects);
  });

  it("no client notices that the traffic policy changes", () => {
    assert.deepEqual(of(changePolicy, twice({}), twice({})), []);
    assert.deepEqual(of(changePolicy, twice({}), twice({ objects: "1 rule replaced" })), []);
    assert.equal(of(changePolicy, twice({}), twice(out)).length, 4);
  });

  it("a port has its rules on the load balancer, and may move the end of the one on the nodes", () => {
    const step = (what: string, more = ""): Step => ({
      objects: `1 listener ${what}, 1 target group ${what}, ${more}2 rules ${what}`,
    });
    const left: Change = { there: step("added"), back: step("removed") };
    const moved: Change = {
      there: step("added", "1 rule replaced, "),
      back: step("removed", "1 rule replaced, "),
    };
    assert.deepEqual(of(changePorts, left, left), []);
    assert.deepEqual(of(changePorts, left, moved), []);
    assert.deepEqual(of(changePorts, moved, left), ["port added: objects", "port removed: objects"]);
  });

  it("another scheme replaces the load balancer", () => {
    const objects = "1 load balancer replaced, 1 listener replaced";
    const step = (more: string): Change => ({
      there: { ...gone, objects: objects + more, address: "other", seen: "internal" },
      back: { ...gone, objects: objects + more, address: "third", seen: "internet-facing" },
    });
    const left = step(", 1 target group replaced");
    assert.deepEqual(of(changeScheme, left, step("")), []);
    assert.ok(of(changeScheme, left, twice({ seen: "internet-facing" })).includes("the DNS name stays"));
  });

  it("the type of a Service makes and deletes its load balancer with a security group", () => {
    const objects = (verb: string, group = `1 security group ${verb}, `): string =>
      `1 load balancer ${verb}, 1 listener ${verb}, 1 target group ${verb}, ${group}3 rules ${verb}`;
    const seen = "refused";
    const left: Change = {
      there: { objects: objects("added"), seen },
      back: { objects: objects("removed"), seen },
    };
    const right = (group?: string): Change => ({
      there: { ...gone, objects: objects("removed", group), seen },
      back: { ...gone, objects: objects("added", group), address: "other", seen },
    });
    assert.deepEqual(of(changeServiceType, left, right()), []);
    assert.deepEqual(of(changeServiceType, left, right("")), [
      "the other type: objects",
      "changed back: objects",
    ]);
  });
});
