import assert from "node:assert/strict";
import {
  attributeList,
  attributeOutputs,
} from "../../../../../../lab/clouds/aws/plugin/resources/attributes.ts";
import type { Attribute } from "../../../../../../lab/clouds/aws/plugin/resources/attributes.ts";

const attributes: readonly Attribute[] = [
  { argument: "delay", key: "delay.seconds", type: "number" },
  { argument: "logs.enabled", key: "logs.enabled", type: "boolean", whenRemoved: "false" },
  { argument: "states[0].interval", key: "state.interval", type: "number" },
  { argument: "states[0].ends", key: "state.ends", type: "boolean" },
];

describe("attributes of an ELBv2 object", () => {
  it("are all sent on creation, nested ones too", () => {
    assert.deepEqual(
      attributeList(attributes, undefined, { delay: 5, states: [{ interval: 9, ends: false }] }),
      [
        { Key: "delay.seconds", Value: "5" },
        { Key: "state.interval", Value: "9" },
        { Key: "state.ends", Value: "false" },
      ],
    );
  });

  it("are sent on an update if they differ", () => {
    const before = { delay: 5, states: [{ interval: 9 }] };
    assert.deepEqual(attributeList(attributes, before, { delay: 5, states: [{ interval: 10 }] }), [
      { Key: "state.interval", Value: "10" },
    ]);
  });

  it("keep their last value when they are removed, unless the official plug-in resets them", () => {
    const before = { delay: 5, logs: { enabled: true } };
    assert.deepEqual(attributeList(attributes, before, {}), [{ Key: "logs.enabled", Value: "false" }]);
    assert.deepEqual(attributeList(attributes, undefined, {}), []);
  });

  it("are outputs of the arguments' types, nested as these are", () => {
    const list = [
      { Key: "delay.seconds", Value: "5" },
      { Key: "logs.enabled", Value: "false" },
      { Key: "state.interval", Value: "9" },
      { Key: "state.ends", Value: "true" },
      { Key: "unknown", Value: "x" },
    ];
    assert.deepEqual(attributeOutputs(attributes, list), {
      delay: 5,
      logs: { enabled: false },
      states: [{ interval: 9, ends: true }],
    });
  });

  it("that AWS does not return are no outputs", () => {
    assert.deepEqual(attributeOutputs(attributes, [{ Key: "delay.seconds", Value: "" }]), {});
  });
});
