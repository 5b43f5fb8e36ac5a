import assert from "node:assert/strict";
import {
  healthy,
  registering,
  unhealthy,
  unhealthyDraining,
} from "../../../../../../lab/clouds/aws/balancer/health.ts";
import type { TargetHealth } from "../../../../../../lab/clouds/aws/balancer/health.ts";
import { route } from "../../../../../../lab/clouds/aws/balancer/routing.ts";

const states: Readonly<Record<string, TargetHealth>> = {
  h: healthy,
  u: unhealthy,
  d: unhealthyDraining,
  r: registering,
};

/** Targets by zone: `a: "hu"` is a healthy one and an unhealthy one in zone a. */
const targets = (zones: Readonly<Record<string, string>>) =>
  Object.entries(zones).flatMap(([zone, letters]) =>
    letters.split("").map((letter, index) => {
      const health = states[letter];
      assert.ok(health);
      return { id: `${zone}${index.toString()}`, zone, draining: false, health };
    }),
  );

function ways(
  zones: Readonly<Record<string, string>>,
  zone: string | undefined,
  thresholds: Readonly<Record<string, string>> = {},
): string {
  const attributes = Object.fromEntries(
    Object.entries(thresholds).map(([key, value]) => {
      const [action = "", form = ""] = key.split(".");
      return [`target_group_health.${action}.minimum_healthy_targets.${form}`, value];
    }),
  );
  const { targets: chosen, otherwise, inDns } = route(targets(zones), zone, attributes);
  return `${chosen.map(({ id }) => id).join(" ") || otherwise}${inDns ? "" : ", not in DNS"}`;
}

describe("a new flow's way", () => {
  it("leads to healthy targets only, and to all if none is healthy", () => {
    assert.equal(ways({ a: "hud" }, "a"), "a0");
    assert.equal(ways({ a: "ud" }, "a"), "a0 a1, not in DNS");
  });

  it("is lost in an empty zone, refused without any target", () => {
    assert.equal(ways({ b: "h" }, "a"), "drop, not in DNS");
    assert.equal(ways({ a: "r" }, "a"), "refuse, not in DNS");
  });

  it("leads to all targets below the group's minimum, as a count or a percentage", () => {
    assert.equal(ways({ a: "hhu" }, "a", { "unhealthy_state_routing.count": "2" }), "a0 a1");
    assert.equal(ways({ a: "huu" }, "a", { "unhealthy_state_routing.count": "2" }), "a0 a1 a2");
    assert.equal(ways({ a: "hhu" }, "a", { "unhealthy_state_routing.percentage": "50" }), "a0 a1");
    assert.equal(ways({ a: "huu" }, "a", { "unhealthy_state_routing.percentage": "50" }), "a0 a1 a2");
  });

  it("counts the zone's targets, or all across zones", () => {
    const zones = { a: "hhhhhhhhhh", b: "hhhhuuuuuu" };
    const half = { "unhealthy_state_routing.percentage": "50", "dns_failover.percentage": "50" };
    assert.match(ways(zones, "b", half), /^b0 .* b9, not in DNS$/);
    assert.doesNotMatch(ways(zones, undefined, half), /b4|not in DNS/);
  });
});

describe("a zone's place in DNS", () => {
  it("has its own minimum", () => {
    assert.equal(ways({ a: "hhu" }, "a", { "dns_failover.count": "3" }), "a0 a1, not in DNS");
    assert.equal(ways({ a: "hhu" }, "a", { "dns_failover.count": "2" }), "a0 a1");
  });

  it("can be kept regardless of health", () => {
    assert.equal(ways({ a: "uu" }, "a", { "dns_failover.count": "off" }), "a0 a1");
    assert.equal(ways({}, "a", { "dns_failover.count": "off" }), "refuse");
  });
});
