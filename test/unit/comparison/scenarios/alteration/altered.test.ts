import assert from "node:assert/strict";
import { altered } from "../../../../../comparison/scenarios/alteration/altered.ts";
import type { Step } from "../../../../../comparison/scenarios/alteration/altered.ts";
import { alteredFindings } from "../../../../../comparison/scenarios/alteration/conclude.ts";
import type { Deploy } from "../../../../../comparison/scenarios/testbed/testbed.ts";
import type { Change } from "../../../../../comparison/scenarios/testbed/variants.ts";
import { objectsNow } from "../../../../../comparison/scenarios/alteration/objects.ts";
import { conditions, expectations } from "../conditions.ts";
import { fakeTestbed, fakeLoads, fakeTarget } from "../fakeTestbed.ts";
import { answered } from "../samples.ts";

/** A testbed whose load balancers have what `rules` says, and which notes what is done. */
function testbed(rules: string[]) {
  const done: string[] = [];
  const targets = { left: fakeTarget("left"), right: fakeTarget("right") };
  const made = fakeTestbed({
    targets: () => targets,
    startLoads: fakeLoads(({ id }) => [answered(id, 1000)]),
    cluster: {
      pods: () => Promise.resolve([]),
      serviceUids: () => Promise.resolve([]),
      nodes: () =>
        Promise.resolve([
          { name: "node-a", address: "10.0.0.10", zone: "us-west-2a", ready: true, machine: "i-1" },
        ]),
    },
    cloud: {
      objects: () => Promise.resolve({ rule: [...rules] }),
      members: () =>
        Promise.resolve([{ pool: "t", machine: "i-1", port: 1, state: "healthy" as const, reason: "" }]),
    },
    deploy: (change?: Change, how?: Deploy) => {
      done.push(
        `deploy ${change === undefined ? "as declared" : "a change"}${how?.refresh ? ", refreshed" : ""}`,
      );
      return Promise.resolve();
    },
  });
  const step = (name: string, act: () => void = () => undefined): Step => ({
    make: (_, side) => {
      done.push(`${side} ${name}`);
      act();
      return Promise.resolve();
    },
    settled: () => Promise.resolve(),
    look: ({ way }) => Promise.resolve(`${way} ${name}`),
  });
  return { made, done, step };
}

describe("an exposure that is changed and changed back", () => {
  it("changes one side after the other, so that each has its own objects, and restores the testbed", async () => {
    const rules = ["r1"];
    const { made, done, step } = testbed(rules);
    const loaded = await altered(
      made,
      {
        variant: "plain",
        there: step("there", () => rules.push(`r${rules.length + 1}`)),
        back: step("back"),
      },
      objectsNow,
    );
    assert.deepEqual(done, ["left there", "left back", "right there", "right back", "deploy as declared"]);
    const { changePorts } = expectations;
    const names = { there: "there", back: "back" };
    const findings = alteredFindings(loaded, conditions(), { ...changePorts, names });
    const values = Object.fromEntries(findings.map(({ title, left, right }) => [title, [left, right]]));
    const both = (value: unknown) => [
      { kind: "measured", value },
      { kind: "measured", value },
    ];
    assert.deepEqual(values["there: objects"], both("1 rule added"));
    assert.deepEqual(values["back: objects"], both("nothing"));
    assert.deepEqual(values["left over when it is changed back"], both(1));
    assert.deepEqual(values["the DNS name stays"], both(true));
    assert.equal(loaded.right.kind === "measured" && loaded.right.value.happened.back.seen, "right back");
  });

  it("is restored even if a change fails, and the other side is still measured", async () => {
    const { made, done, step } = testbed([]);
    const failing: Step = {
      ...step("there"),
      make: (_, side) => (side === "left" ? Promise.reject(new Error("no")) : Promise.resolve()),
    };
    const { left, right } = await altered(
      made,
      { variant: "plain", there: failing, back: step("back") },
      objectsNow,
    );
    assert.deepEqual(left, { kind: "unreachable", reason: "no" });
    assert.equal(right.kind, "measured");
    assert.deepEqual(done, ["right back", "deploy as declared, refreshed"]);
  });
});
