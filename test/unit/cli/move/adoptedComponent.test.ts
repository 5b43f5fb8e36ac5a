import assert from "node:assert/strict";
import { addedIn, componentIn, heldIn } from "../../../../cli/move/adoptedComponent.ts";
import { component } from "../../../../comparison/clouds/aws/adoption/component.ts";
import { emptyState } from "../../../../cli/stackState.ts";
import type { StateResource } from "../../../../cli/stackState.ts";

const wanted = component("a126f6206d98946c8968d32088723ea5");
const ids = ["arn:lb", "arn:listener", "arn:group", "sgr-1"];
const place = "urn:pulumi:dev::shop::";
const urn = `${place}${wanted.type}::${wanted.name}`;
const other = `${place}${wanted.type}::shop`;

const state = (...resources: readonly StateResource[]) => ({ deployment: { resources } });
const own: StateResource = { type: wanted.type, urn };
const child = (type: string, id: string, more: Partial<StateResource> = {}): StateResource => ({
  ...{ type, id, urn: `${place}${type}::${id}`, parent: urn },
  ...more,
});
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe("a load balancer that was taken over, in the stack's state", () => {
  it("is found if an update was stopped before it imported more than a rule", () => {
    const partial = state({ type: wanted.type, urn: other }, own, child(rule, "sgr-1"));
    assert.equal(componentIn(partial, wanted, ids), urn);
    assert.deepEqual(heldIn(partial, urn, ids), [urn, `${place}${rule}::sgr-1`]);
  });

  it("is found before anything was imported, and by what was imported if its name is another", () => {
    assert.equal(componentIn(state(own), wanted, ids), urn);
    const renamed = state({ type: wanted.type, urn: other }, child(rule, "sgr-1", { parent: other }));
    assert.equal(componentIn(renamed, wanted, ids), other);
  });

  it("is held as long as anything of it is there, also outside its component", () => {
    const strayed = state(child(rule, "sgr-1", { parent: place }));
    assert.equal(componentIn(strayed, wanted, ids), undefined);
    assert.deepEqual(heldIn(strayed, undefined, ids), [`${place}${rule}::sgr-1`]);
  });

  it("is not there before the first deployment, nor if only others are", () => {
    assert.equal(componentIn(JSON.parse(emptyState), wanted, ids), undefined);
    const others = state({ type: wanted.type, urn: other }, child(rule, "sgr-2", { parent: other }));
    assert.equal(componentIn(others, wanted, ids), undefined);
    assert.deepEqual(heldIn(others, undefined, ids), []);
  });

  it("has everything that the program has added below it, but not what was imported and the attachments", () => {
    const group = child("aws:lb/targetGroup:TargetGroup", "arn:group");
    const all = state(
      own,
      child("aws:lb/loadBalancer:LoadBalancer", "arn:lb"),
      group,
      child("aws:lb/targetGroupAttachment:TargetGroupAttachment", "random", { parent: group.urn ?? "" }),
      child(rule, "sgr-1"),
      child(rule, "sgr-2"),
      child("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { parent: group.urn ?? "" }),
      child(rule, "sgr-3", { parent: other }),
    );
    const found = [...addedIn(all, urn, ids)].sort();
    assert.deepEqual(found, [
      `${place}aws:cloudwatch/metricAlarm:MetricAlarm::alarm`,
      `${place}${rule}::sgr-2`,
    ]);
  });

  it("knows what was imported without its entry as well, but not what has replaced it", () => {
    const all = state(
      own,
      child("aws:lb/loadBalancer:LoadBalancer", "arn:lb", { importID: "arn:lb" }),
      child("aws:lb/listener:Listener", "arn:new", { importID: "arn:listener" }),
    );
    assert.deepEqual(addedIn(all, urn, []), [`${place}aws:lb/listener:Listener::arn:new`]);
  });
});
