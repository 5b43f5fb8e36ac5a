import assert from "node:assert/strict";
import {
  differenceOf,
  leftOver,
  settledObjects,
} from "../../../../../comparison/scenarios/alteration/objects.ts";
import type { Objects } from "../../../../../comparison/scenarios/alteration/objects.ts";
import { fakeTestbed } from "../fakeTestbed.ts";

const objects = (given: Readonly<Record<string, string[]>>): Objects => ({
  "load balancer": new Set(given["load balancer"]),
  listener: new Set(given.listener),
  "target group": new Set(given["target group"]),
  rule: new Set(given.rule),
  Service: new Set(given.Service),
});

describe("the objects before and after a change", () => {
  it("are matched by identity: one that takes another's place is replaced, others are added or removed", () => {
    const before = objects({ listener: ["l1"], "target group": ["t1"], rule: ["r1", "r2", "r3"] });
    const after = objects({ listener: ["l1", "l2"], "target group": ["t2"], rule: ["r3", "r4"] });
    assert.equal(
      differenceOf(before, after),
      "1 listener added, 1 target group replaced, 1 rule replaced, 1 rule removed",
    );
  });

  it("are nothing to speak of if they are the same", () => {
    const same = objects({ "load balancer": ["a", "b"], Service: ["s"] });
    assert.equal(differenceOf(same, same), "nothing");
  });

  it("leave something over where there are more of a kind, whatever there is less of", () => {
    const before = objects({ listener: ["l1", "l2"], "target group": ["t1"] });
    assert.equal(leftOver(before, objects({ listener: ["l3"], "target group": ["t2", "t3"] })), 1);
    assert.equal(leftOver(before, objects({ listener: ["l3", "l4"], "target group": ["t2"] })), 0);
  });

  it("are looked at once they stay what they are", async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      const rules = Array.from({ length: Math.min(looks, 2) }, (_, index) => `r${index}`);
      return Promise.resolve({ rule: rules });
    };
    const cluster = { serviceUids: () => Promise.resolve(["s"]) };
    const testbed = fakeTestbed({ cloud: { objects: look }, cluster });
    const { rule = [], Service = [] } = await settledObjects(testbed);
    assert.deepEqual([...rule], ["r0", "r1"]);
    assert.deepEqual([...Service], ["s"]);
    assert.equal(looks, 3);
  });
});
