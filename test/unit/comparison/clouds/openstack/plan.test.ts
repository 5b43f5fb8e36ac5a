import assert from "node:assert/strict";
import { factsIn } from "../../../../../comparison/model/sourceResult.ts";
import { judged, planned } from "./planned.ts";
import type { Config } from "./planned.ts";

const both = [
  { name: "http", port: 80 },
  { name: "udp", port: 80, protocol: "UDP" },
];

const floatingNetworkId = "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0003";
const settings = { manageSecurityGroups: true, floatingNetworkId };

/** Each sets something that both ways make something of. */
const equivalent: Readonly<Record<string, Config>> = {
  "as it is": {},
  "with TCP and UDP on one number": { ports: both },
  "with fixed node ports": {
    ports: [{ name: "http", port: 80, nodePorts: { nodePort: 30070, loadBalancer: 30071 } }],
  },
  internal: { scheme: "internal" },
  "with source ranges": { loadBalancerSourceRanges: ["203.0.113.0/24", "198.51.100.0/24"] },
  "with another health monitor": {
    healthMonitor: { delaySeconds: 10, timeoutSeconds: 4, maxRetries: 2, maxRetriesDown: 5 },
  },
  "with the policy Local and ports for health checks": {
    externalTrafficPolicy: "Local",
    healthCheckNodePorts: { nodePort: 30080, loadBalancer: 30081 },
    ports: both,
  },
  "with session affinity": { sessionAffinity: "ClientIP" },
  "with the proxy protocol": { clientAddress: "PROXY" },
  "with the proxy protocol's second version": { clientAddress: "PROXYV2" },
  "with X-Forwarded-For": { clientAddress: "X-Forwarded-For" },
  "with another method": { lbMethod: "LEAST_CONNECTIONS" },
  "with a flavor and a zone": { flavorId: "two", availabilityZone: "zone-a" },
  "with another provider": { controllerSettings: { ...settings, lbProvider: "lab" } },
  "without the controller's own monitors": { controllerSettings: settings },
  "internal by cloud.conf as well": {
    scheme: "internal",
    controllerSettings: { ...settings, internalLb: true, floatingNetworkId: "" },
  },
};

describe("the plan on OpenStack", () => {
  for (const [name, config] of Object.entries(equivalent))
    it(`is equivalent ${name}`, async () => {
      const { verdict } = judged(await planned(config));
      assert.deepEqual(verdict.reasons, []);
      assert.equal(verdict.kind, "equivalent");
    });

  it("explains every difference, and uses every entry of the controller", async () => {
    const { aspects } = judged(await planned());
    const ids = aspects.flatMap(({ differences }) => differences.map(({ explanation }) => explanation));
    for (const id of [
      "who-owns-it",
      "finalizer",
      "source-ranges-in-service",
      "tags-of-the-controller",
      "own-security-group",
    ])
      assert.ok(ids.includes(id), `${id} is not among ${ids.join(", ")}`);
  });

  it("is incomplete if the controller opens no node, since nothing tells who does", async () => {
    const { verdict } = judged(await planned({ controllerSettings: { floatingNetworkId } }));
    assert.equal(verdict.kind, "incomplete");
    assert.match(verdict.reasons.join("\n"), /manage-security-groups=false/);
  });

  it("differs if cloud.conf makes every load balancer internal, or names another floating network", async () => {
    for (const [changes, reason] of [
      [{ internalLb: true }, /scheme/],
      [{ floatingNetworkId: "another" }, /floatingNetwork/],
      [{ subnetId: "another", memberSubnetId: "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0001" }, /vipSubnet/],
    ] as const) {
      const { verdict } = judged(await planned({ controllerSettings: { ...settings, ...changes } }));
      assert.equal(verdict.kind, "different");
      assert.match(verdict.reasons.join("\n"), reason);
    }
  });

  it("is incomplete if nothing tells the floating network, or cloud.conf has what is not modelled", async () => {
    for (const changes of [{ floatingNetworkId: "" }, { networkId: "x" }, { floatingSubnet: "x" }]) {
      const { verdict } = judged(await planned({ controllerSettings: { ...settings, ...changes } }));
      assert.equal(verdict.kind, "incomplete", JSON.stringify(changes));
    }
  });

  it("differs under the policy Local if only one way asks kube-proxy", async () => {
    const { verdict } = judged(await planned({ externalTrafficPolicy: "Local" }));
    assert.equal(verdict.kind, "different");
    assert.match(verdict.reasons.join("\n"), /health/);
  });

  it("has each way's values, not one way's twice", async () => {
    const { left, right } = await planned({ ports: both });
    const [ours, theirs] = [factsIn(left.loadBalancer), factsIn(right.loadBalancer)];
    assert.ok(ours !== undefined && theirs !== undefined);
    assert.deepEqual(
      [ours, theirs].map(({ owner }) => owner),
      ["program", "cloud controller"],
    );
    for (const { listeners, pools } of [ours, theirs]) {
      assert.deepEqual(listeners.map(({ protocol, port }) => `${protocol} ${port}`).sort(), [
        "TCP 80",
        "UDP 80",
      ]);
      assert.deepEqual(pools.map(({ healthCheck }) => healthCheck.protocol).sort(), ["TCP", "UDP-CONNECT"]);
      assert.deepEqual(
        pools.flatMap(({ members }) => members.map(({ id }) => id)),
        ["10.0.0.11", "10.0.0.12", "10.0.0.13", "10.0.0.11", "10.0.0.12", "10.0.0.13"],
      );
    }
    assert.equal(theirs.identity.name, "kube_service_dev_loadbalancer_loadbalancer");
  });
});
