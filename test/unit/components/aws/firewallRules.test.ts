import assert from "node:assert/strict";
import { ownRules, sharedRules } from "../../../../components/aws/firewallRules.ts";
import type { FirewallOptions } from "../../../../components/aws/firewallRules.ts";

const options: FirewallOptions = {
  ports: [{ name: "http", protocol: "TCP" }],
  sourceRanges: ["203.0.113.0/24"],
  healthCheckPort: "traffic-port",
  subnetCidrs: ["10.0.0.0/20", "10.0.16.0/20"],
};

const ownKeys = (changes: Partial<FirewallOptions>) =>
  ownRules({ ...options, ...changes }).map((rule) => rule.key);
const sharedKeys = (changes: Partial<FirewallOptions>) =>
  sharedRules({ ...options, ...changes }).map((rule) => rule.key);

describe("a load balancer's own rules on the nodes", () => {
  it("open the node port to clients and to the subnets of health checks", () => {
    assert.deepEqual(ownKeys({}), [
      "clients-http-203.0.113.0/24",
      "health-http-10.0.0.0/20",
      "health-http-10.0.16.0/20",
    ]);
  });

  it("omit health checks from ranges that clients already have", () => {
    assert.deepEqual(ownKeys({ sourceRanges: ["0.0.0.0/0"] }), ["clients-http-0.0.0.0/0"]);
    assert.deepEqual(ownKeys({ sourceRanges: ["10.0.0.0/19"] }), ["clients-http-10.0.0.0/19"]);
    assert.deepEqual(ownKeys({ sourceRanges: ["10.0.16.0/20"] }), [
      "clients-http-10.0.16.0/20",
      "health-http-10.0.0.0/20",
    ]);
  });

  it("open a UDP port to clients only, because it has no health check", () => {
    const rules = ownRules({ ...options, ports: [{ name: "dns", protocol: "UDP" }], healthCheckPort: 10256 });
    assert.deepEqual(
      rules.map(({ key, ipProtocol }) => [key, ipProtocol]),
      [["clients-dns-203.0.113.0/24", "udp"]],
    );
  });

  it("open each port to each range", () => {
    const ports = [
      { name: "a", protocol: "TCP" },
      { name: "b", protocol: "TCP" },
    ] as const;
    assert.deepEqual(ownKeys({ ports, sourceRanges: ["192.0.2.0/24", "0.0.0.0/0"] }), [
      "clients-a-192.0.2.0/24",
      "clients-a-0.0.0.0/0",
      "clients-b-192.0.2.0/24",
      "clients-b-0.0.0.0/0",
    ]);
  });
});

describe("rules that load balancers share", () => {
  it("admit path MTU discovery from each range", () => {
    const rules = sharedRules({ ...options, sourceRanges: ["0.0.0.0/0"] });
    assert.deepEqual(rules, [
      {
        key: "mtu-0.0.0.0/0",
        ipProtocol: "icmp",
        ports: { kind: "fixed", fromPort: 3, toPort: 4 },
        cidrIpv4: "0.0.0.0/0",
        description: "path MTU discovery for load balancers",
      },
    ]);
  });

  it("open a fixed health check port to the subnets, independent of the clients' ranges", () => {
    assert.deepEqual(sharedKeys({ healthCheckPort: 10256, sourceRanges: ["0.0.0.0/0"] }), [
      "mtu-0.0.0.0/0",
      "health-10256-10.0.0.0/20",
      "health-10256-10.0.16.0/20",
    ]);
  });
});
