import assert from "node:assert/strict";
import { ownRules, sharedRules, without } from "../../../../components/aws/firewallRules.ts";
import type { FirewallOptions, OpenPort } from "../../../../components/aws/firewallRules.ts";
import { clientsOf, rangeSource } from "../../../../components/aws/ruleSources.ts";

const http: OpenPort = {
  name: "http",
  port: 80,
  protocol: "TCP",
  nodePort: 31000,
  healthCheckPort: "traffic-port",
};

const options: FirewallOptions = {
  ports: [http],
  clients: [rangeSource("203.0.113.0/24")],
  subnetCidrs: ["10.0.0.0/20", "10.0.16.0/20"],
  keepsClientIp: true,
};

const ownKeys = (changes: Partial<FirewallOptions>) =>
  ownRules({ ...options, ...changes }).map((rule) => rule.key);
const sharedKeys = (changes: Partial<FirewallOptions>) =>
  sharedRules({ ...options, ...changes }).map((rule) => rule.key);

describe("a load balancer's own rules on the nodes", () => {
  it("open the node port to clients and to the subnets of health checks", () => {
    assert.deepEqual(
      ownRules(options).map(({ key, description }) => [key, description]),
      [
        ["tcp-31000-203.0.113.0/24", "clients of http"],
        ["tcp-31000-10.0.0.0/20", "health checks of http"],
        ["tcp-31000-10.0.16.0/20", "health checks of http"],
      ],
    );
  });

  it("are named after the listener until the node port is allocated", () => {
    const { nodePort: _, ...unallocated } = http;
    assert.deepEqual(ownKeys({ ports: [unallocated], clients: [rangeSource("0.0.0.0/0")] }), [
      "tcp-of-80-0.0.0.0/0",
    ]);
  });

  it("are the same whatever the port is called", () => {
    assert.deepEqual(ownKeys({ ports: [{ ...http, name: "web", port: 81 }] }), ownKeys({}));
  });

  it("are the same rule for a range, whether it is the clients' or a health check's", () => {
    const clients = ownRules({ ...options, clients: [rangeSource("10.0.0.0/20")] }).map(({ key }) => key);
    assert.deepEqual(clients, ["tcp-31000-10.0.0.0/20", "tcp-31000-10.0.16.0/20"]);
  });

  it("omit health checks from ranges that clients already have", () => {
    assert.deepEqual(ownKeys({ clients: [rangeSource("0.0.0.0/0")] }), ["tcp-31000-0.0.0.0/0"]);
    assert.deepEqual(ownKeys({ clients: [rangeSource("10.0.0.0/19")] }), ["tcp-31000-10.0.0.0/19"]);
  });

  it("open a UDP port to clients only, because it has no health check", () => {
    const dns: OpenPort = { ...http, name: "dns", protocol: "UDP", healthCheckPort: 10256 };
    assert.deepEqual(
      ownRules({ ...options, ports: [dns] }).map(({ key, ipProtocol }) => [key, ipProtocol]),
      [["udp-31000-203.0.113.0/24", "udp"]],
    );
  });

  it("open the node port to the load balancer where nodes see its address, wherever health checks go", () => {
    const elsewhere = { keepsClientIp: false, ports: [{ ...http, healthCheckPort: 31999 }] };
    assert.deepEqual(
      ownRules({ ...options, ...elsewhere }).map(({ key, description }) => [key, description]),
      [
        ["tcp-31000-203.0.113.0/24", "clients of http"],
        ["tcp-31000-10.0.0.0/20", "load balancer of http"],
        ["tcp-31000-10.0.16.0/20", "load balancer of http"],
      ],
    );
    assert.deepEqual(ownKeys({ keepsClientIp: false }), ownKeys({}));
    const dns: OpenPort = { ...http, protocol: "UDP", healthCheckPort: 10256 };
    assert.deepEqual(ownKeys({ keepsClientIp: false, ports: [dns] }), ["udp-31000-203.0.113.0/24"]);
  });

  it("open a node port to all health checks that use its number", () => {
    const alt: OpenPort = { ...http, name: "alt", port: 81, nodePort: 31001, healthCheckPort: 31000 };
    const ports = [{ ...http, healthCheckPort: 31000 }, alt];
    assert.deepEqual(ownKeys({ ports }), [
      "tcp-31000-203.0.113.0/24",
      "tcp-31000-10.0.0.0/20",
      "tcp-31000-10.0.16.0/20",
      "tcp-31001-203.0.113.0/24",
    ]);
  });

  it("open the node port to a prefix list, and to health checks, because it is not known who is in the list", () => {
    const clients = clientsOf({
      loadBalancerSourceRanges: [],
      sourcePrefixLists: [{ id: "pl-9", maxEntries: 20 }],
    });
    assert.deepEqual(
      ownRules({ ...options, clients }).map(({ key, source }) => [key, source?.weight]),
      [
        ["tcp-31000-pl-9", 20],
        ["tcp-31000-10.0.0.0/20", 1],
        ["tcp-31000-10.0.16.0/20", 1],
      ],
    );
    assert.deepEqual(sharedKeys({ clients }), []);
  });

  it("open each port to each range", () => {
    const ports = [http, { ...http, name: "alt", port: 81, nodePort: 31001 }];
    assert.deepEqual(ownKeys({ ports, clients: [rangeSource("192.0.2.0/24"), rangeSource("0.0.0.0/0")] }), [
      "tcp-31000-192.0.2.0/24",
      "tcp-31000-0.0.0.0/0",
      "tcp-31001-192.0.2.0/24",
      "tcp-31001-0.0.0.0/0",
    ]);
  });
});

describe("rules that load balancers share", () => {
  it("admit path MTU discovery from each range", () => {
    const rules = sharedRules({ ...options, clients: [rangeSource("0.0.0.0/0")] });
    assert.deepEqual(rules, [
      {
        key: "icmp-3-4-0.0.0.0/0",
        formerKeys: ["mtu-0.0.0.0/0"],
        ipProtocol: "icmp",
        ports: { kind: "fixed", fromPort: 3, toPort: 4 },
        source: rangeSource("0.0.0.0/0"),
        description: "path MTU discovery for load balancers",
      },
    ]);
  });

  it("open a fixed health check port to the subnets once, independent of the clients' ranges", () => {
    const checked: OpenPort = { ...http, healthCheckPort: 10256 };
    const ports = [checked, { ...checked, name: "alt", port: 81, nodePort: 31001 }];
    assert.deepEqual(sharedKeys({ ports, clients: [rangeSource("0.0.0.0/0")] }), [
      "icmp-3-4-0.0.0.0/0",
      "tcp-10256-10.0.0.0/20",
      "tcp-10256-10.0.16.0/20",
    ]);
  });

  it("are not among a load balancer's own, even if a health check uses the clients' node port", () => {
    const given = {
      ...options,
      ports: [{ ...http, healthCheckPort: 31000 }],
      clients: [rangeSource("10.0.0.0/20")],
    };
    const keys = without(ownRules(given), sharedRules(given)).map(({ key }) => key);
    assert.deepEqual(keys, []);
  });
});
