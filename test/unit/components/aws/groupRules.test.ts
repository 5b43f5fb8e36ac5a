import assert from "node:assert/strict";
import type { OpenPort } from "../../../../components/aws/firewallRules.ts";
import { groupWideRules, listenerRules, nodePortRules } from "../../../../components/aws/groupRules.ts";
import { clientsOf, rangeSource } from "../../../../components/aws/ruleSources.ts";
import { firewallOf } from "../../../../components/aws/loadBalancerFirewall.ts";

const http: OpenPort = {
  name: "http",
  port: 80,
  protocol: "TCP",
  nodePort: 31000,
  healthCheckPort: "traffic-port",
};
const dns: OpenPort = { name: "dns", port: 53, protocol: "UDP", nodePort: 31053, healthCheckPort: 10256 };

describe("the rules for a load balancer with a security group", () => {
  it("let it in at each node port once, for clients and health checks alike", () => {
    assert.deepEqual(nodePortRules([http, dns], "own-group"), [
      {
        key: "tcp-31000-own-group",
        formerKeys: [],
        ipProtocol: "tcp",
        ports: { kind: "nodePort", ofListener: 80 },
        description: "load balancer to http",
      },
      {
        key: "udp-31053-own-group",
        formerKeys: [],
        ipProtocol: "udp",
        ports: { kind: "nodePort", ofListener: 53 },
        description: "load balancer to dns",
      },
    ]);
  });

  it("are named after the listener until the node port is allocated", () => {
    const { nodePort: _, ...unallocated } = http;
    assert.deepEqual(
      nodePortRules([unallocated], "sg-9").map(({ key }) => key),
      ["tcp-of-80-sg-9"],
    );
  });

  it("let it in for path MTU discovery, and at a health check's own port once", () => {
    const keys = groupWideRules([http, dns, { ...dns, name: "dns2", port: 54 }], "sg-9").map(
      ({ key }) => key,
    );
    assert.deepEqual(keys, ["icmp-3-4-sg-9", "tcp-10256-sg-9"]);
  });

  it("let each range in to each listener, and for path MTU discovery", () => {
    assert.deepEqual(
      listenerRules([http, dns], [rangeSource("192.0.2.0/24")]).map(({ key, ports, source }) => [
        key,
        ports,
        source?.value,
      ]),
      [
        ["listener-tcp-80-192.0.2.0/24", { kind: "fixed", fromPort: 80, toPort: 80 }, "192.0.2.0/24"],
        ["listener-udp-53-192.0.2.0/24", { kind: "fixed", fromPort: 53, toPort: 53 }, "192.0.2.0/24"],
        ["listener-icmp-3-4-192.0.2.0/24", { kind: "fixed", fromPort: 3, toPort: 4 }, "192.0.2.0/24"],
      ],
    );
  });

  it("let each prefix list and security group in to each listener, the list without path MTU discovery", () => {
    const clients = clientsOf({
      loadBalancerSourceRanges: [],
      sourcePrefixLists: [{ id: "pl-9", maxEntries: 20 }],
      sourceSecurityGroups: ["sg-8"],
    });
    assert.deepEqual(
      listenerRules([http], clients).map(({ key, source }) => [key, source?.kind, source?.weight]),
      [
        ["listener-tcp-80-pl-9", "prefixListId", 20],
        ["listener-tcp-80-sg-8", "referencedSecurityGroupId", 1],
        ["listener-icmp-3-4-sg-8", "referencedSecurityGroupId", 1],
      ],
    );
  });

  it("have a health check's port once, even if it is another listener's node port", () => {
    const firewall = firewallOf({
      ports: [http, { ...dns, healthCheckPort: 31000 }],
      options: { securityGroups: "own", loadBalancerSourceRanges: ["0.0.0.0/0"] },
      subnetCidrs: [],
      sharedNodeRules: true,
    });
    assert.deepEqual(
      [...firewall.fixed, ...firewall.own({ 80: 31000, 53: 31053 })].map(({ key }) => key),
      ["icmp-3-4-own-group", "tcp-31000-own-group", "udp-31053-own-group"],
    );
  });
});
