import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { advance, changesLine, nothingDone, progressLine } from "../../../cli/deployment.ts";
import type { Deployment } from "../../../cli/deployment.ts";

const urnOf = (type: string, name: string): string =>
  `urn:pulumi:dev::project::exposure:index:EchoApp$${type}::${name}`;

const event = (fields: unknown): EngineEvent => ({ sequence: 0, timestamp: 0, ...(fields as object) });
const step = (op: string, type: string, name: string) => ({ metadata: { op, urn: urnOf(type, name), type } });
const begins = (op: string, type: string, name: string) => event({ resourcePreEvent: step(op, type, name) });
const ends = (op: string, type: string, name: string) => event({ resOutputsEvent: step(op, type, name) });
const fails = (op: string, type: string, name: string) => event({ resOpFailedEvent: step(op, type, name) });
const says = (severity: string, message: string, urn?: string) =>
  event({ diagnosticEvent: { severity, message, urn } });
const after = (...events: readonly EngineEvent[]): Deployment => events.reduce(advance, nothingDone);

const service = "kubernetes:core/v1:Service";

describe("a deployment's progress", () => {
  it("counts what is done of what is planned and names what is in progress", () => {
    const deployment = after(
      begins("create", "kubernetes:core/v1:Namespace", "nodeport"),
      ends("create", "kubernetes:core/v1:Namespace", "nodeport"),
      begins("create", service, "nodeport"),
    );
    assert.equal(progressLine(deployment, 12), "1 of 12 resources; creating Service nodeport");
  });

  it("counts an unchanged resource as done", () => {
    assert.equal(progressLine(after(ends("same", service, "nodeport")), 12), "1 of 12 resources");
  });

  it("counts a replaced resource once", () => {
    const deployment = after(
      ends("create-replacement", service, "a"),
      ends("replace", service, "a"),
      ends("delete-replaced", service, "a"),
    );
    assert.equal(progressLine(deployment, 1), "1 of 1 resources");
  });

  it("leaves out the stack, providers and components", () => {
    const deployment = after(
      begins("create", "pulumi:pulumi:Stack", "dev"),
      ends("create", "pulumi:providers:aws", "default"),
      begins("create", "exposure:index:EchoApp", "nodeport"),
      ends("create", "pulumi:pulumi:Stack", "dev"),
    );
    assert.equal(progressLine(deployment, 3), "0 of 3 resources");
  });

  it("never counts more as done than there is", () => {
    const deployment = after(ends("delete", service, "a"), ends("delete", service, "b"));
    assert.equal(progressLine(deployment, 1), "2 of 2 resources");
  });

  it("names no total if none was planned", () => {
    const deployment = after(ends("delete", service, "a"), begins("delete", service, "b"));
    assert.equal(progressLine(deployment, 0), "1 resources; deleting Service b");
  });

  it("does not count what failed", () => {
    const deployment = after(begins("create", service, "a"), fails("create", service, "a"));
    assert.equal(progressLine(deployment, 1), "0 of 1 resources");
  });

  it("keeps errors with the resource's name, and drops the engine's last error and its colours", () => {
    const deployment = after(
      says("warning", "never mind"),
      says(
        "error",
        "<{%fg 1%}>no such image<{%reset%}>\n",
        urnOf("kubernetes:apps/v1:Deployment", "nodeport"),
      ),
      says("error", "update failed\n", "urn:pulumi:dev::project::pulumi:pulumi:Stack::project-dev"),
    );
    assert.deepEqual(deployment.errors, ["Deployment nodeport: no such image"]);
  });

  it("says what was changed, in words", () => {
    const created = after(ends("create", service, "a"), ends("create", service, "b"));
    assert.equal(changesLine(created), "2 created");
    const mixed = after(
      ends("update", service, "a"),
      ends("replace", service, "b"),
      ends("delete", service, "c"),
      ends("same", service, "d"),
    );
    assert.equal(changesLine(mixed), "1 updated, 1 replaced, 1 deleted, 1 unchanged");
    assert.equal(changesLine(nothingDone), "nothing to do");
  });

  it("says what was done to a resource in the end, not that it was looked at before", () => {
    assert.equal(
      changesLine(after(ends("refresh", service, "a"), ends("update", service, "a"))),
      "1 updated",
    );
  });
});
