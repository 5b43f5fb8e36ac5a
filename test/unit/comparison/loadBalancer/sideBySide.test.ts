import assert from "node:assert/strict";
import type {
  LoadBalancerDescription,
  TargetGroupDescription,
} from "../../../../comparison/loadBalancer/description.ts";
import { sideBySide } from "../../../../comparison/loadBalancer/sideBySide.ts";

const group: TargetGroupDescription = {
  name: "ours",
  protocol: "TCP",
  port: 30080,
  targetType: "instance",
  healthCheck: {
    protocol: "TCP",
    port: "traffic-port",
    path: undefined,
    intervalSeconds: 30,
    timeoutSeconds: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  },
  attributes: { "deregistration_delay.timeout_seconds": "300" },
  targets: [{ id: "i-1", port: 30080, state: "healthy", reason: undefined }],
};

const balancer = (
  changes: Partial<LoadBalancerDescription> = {},
  groupChanges: Partial<TargetGroupDescription> = {},
): LoadBalancerDescription => ({
  name: "ours",
  dnsName: "ours.elb.example",
  type: "network",
  state: "active",
  scheme: "internet-facing",
  ipAddressType: "ipv4",
  zones: ["us-west-2a"],
  securityGroups: [],
  attributes: { "load_balancing.cross_zone.enabled": "false" },
  listeners: [{ protocol: "TCP", port: 80, targetGroups: [{ ...group, ...groupChanges }] }],
  ...changes,
});

const aspects = (right: LoadBalancerDescription, likeness: string): string[] =>
  sideBySide(balancer(), right)
    .filter((row) => row.likeness === likeness)
    .map(({ aspect }) => aspect);

describe("two load balancers side by side", () => {
  it("are the same in everything if they are one", () => {
    assert.deepEqual(
      new Set(sideBySide(balancer(), balancer()).map(({ likeness }) => likeness)),
      new Set(["same"]),
    );
  });

  it("may have names and node ports of their own", () => {
    const right = balancer(
      { name: "a12", dnsName: "a12.elb.example" },
      {
        name: "k8s-1",
        port: 31234,
        targets: [{ id: "i-1", port: 31234, state: "healthy", reason: undefined }],
      },
    );
    assert.deepEqual(aspects(right, "own"), ["name", "DNS name", "target group", "node port"]);
    assert.deepEqual(aspects(right, "different"), []);
  });

  const healthCheck = group.healthCheck;
  const cases: readonly (readonly [string, LoadBalancerDescription])[] = [
    ["type", balancer({ type: "application" })],
    ["state", balancer({ state: "provisioning" })],
    ["scheme", balancer({ scheme: "internal" })],
    ["IP address type", balancer({ ipAddressType: "dualstack" })],
    ["zones", balancer({ zones: [] })],
    ["security groups", balancer({ securityGroups: ["sg-1"] })],
    [
      "load_balancing.cross_zone.enabled",
      balancer({ attributes: { "load_balancing.cross_zone.enabled": "true" } }),
    ],
    ["listeners", balancer({ listeners: [{ protocol: "TCP", port: 443, targetGroups: [group] }] })],
    ["target group", balancer({ listeners: [{ protocol: "TCP", port: 80, targetGroups: [] }] })],
    ["target type", balancer({}, { targetType: "ip" })],
    ["target protocol", balancer({}, { protocol: "UDP" })],
    ["health check", balancer({}, { healthCheck: { ...healthCheck, protocol: "HTTP", path: "/" } })],
    ["checked port", balancer({}, { healthCheck: { ...healthCheck, port: "10256" } })],
    ["check interval / time-out", balancer({}, { healthCheck: { ...healthCheck, intervalSeconds: 10 } })],
    ["healthy / unhealthy after", balancer({}, { healthCheck: { ...healthCheck, healthyThreshold: 2 } })],
    ["deregistration_delay.timeout_seconds", balancer({}, { attributes: {} })],
    ["target i-1", balancer({}, { targets: [] })],
    [
      "target i-1",
      balancer(
        {},
        { targets: [{ id: "i-1", port: 30080, state: "unhealthy", reason: "Target.FailedHealthChecks" }] },
      ),
    ],
    [
      "port of target i-1",
      balancer({}, { targets: [{ id: "i-1", port: 30081, state: "healthy", reason: undefined }] }),
    ],
  ];
  for (const [aspect, right] of cases) {
    it(`differ in ${aspect}`, () => assert(aspects(right, "different").includes(aspect)));
  }

  it("differ in every aspect of a listener that one does not have", () => {
    const right = balancer({ listeners: [] });
    const missing = sideBySide(balancer(), right).filter((row) => row.right === "-");
    assert(missing.length > 5);
    assert.deepEqual(new Set(missing.map(({ likeness }) => likeness)), new Set(["different"]));
  });
});
