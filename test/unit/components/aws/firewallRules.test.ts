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
  it("open the node port to clients and to the subnets that check it", () => {
    assert.deepEqual(ownKeys({}), [
      "clients-http-203.0.113.0/24",
      "health-http-10.0.0.0/20",
      "health-http-10.0.16.0/20",
    ]);
  });

  it("leave out health checks that come from where clients may come from", () => {
    assert.deepEqual(ownKeys({ sourceRanges: ["0.0.0.0/0"] }), ["clients-http-0.0.0.0/0"]);
    assert.deepEqual(ownKeys({ sourceRanges: ["10.0.0.0/19"] }), ["clients-http-10.0.0.0/19"]);
    assert.deepEqual(ownKeys({ sourceRanges: ["10.0.16.0/20"] }), [
      "clients-http-10.0.16.0/20",
      "health-http-10.0.0.0/20",
    ]);
  });

  it("open a UDP port to clients only, because nobody checks it", () => {
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
  it("let path MTU discovery through from each range", () => {
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

  it("open a fixed health-check port to the subnets, whoever the clients are", () => {
    assert.deepEqual(sharedKeys({ healthCheckPort: 10256, sourceRanges: ["0.0.0.0/0"] }), [
      "mtu-0.0.0.0/0",
      "health-10256-10.0.0.0/20",
      "health-10256-10.0.16.0/20",
    ]);
  });
});
