import assert from "node:assert/strict";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import { readZones } from "../../../../../../comparison/clouds/aws/sources/zones.ts";
import { loadBalancer } from "../../../sources/account.ts";
import type { Call } from "../../../sources/clients.ts";
import { ec2Client, unheeded } from "../../../sources/clients.ts";

const zone = (letter: string, ...LoadBalancerAddresses: object[]) => ({
  ZoneName: `us-west-2${letter}`,
  SubnetId: `subnet-${letter}`,
  LoadBalancerAddresses,
});
const balancer = (changes: Partial<LoadBalancer>) => ({ ...loadBalancer("own"), ...changes }) as LoadBalancer;

const NetworkInterfaces = [
  { SubnetId: "subnet-b", PrivateIpAddress: "10.0.16.4", Association: { PublicIp: "203.0.113.2" } },
  { SubnetId: "subnet-a", PrivateIpAddress: "10.0.0.4", Association: { PublicIp: "203.0.113.1" } },
];

describe("a load balancer's zones", () => {
  it("have the addresses that the ELBv2 API says, without a question to EC2", async () => {
    const zones = await readZones(
      ec2Client({}),
      balancer({
        AvailabilityZones: [zone("b", { IpAddress: "203.0.113.9" }), zone("a", { IpAddress: "203.0.113.8" })],
      }),
      unheeded,
    );
    assert.deepEqual(zones, [
      { zone: "us-west-2a", subnet: "subnet-a", addresses: ["203.0.113.8"] },
      { zone: "us-west-2b", subnet: "subnet-b", addresses: ["203.0.113.9"] },
    ]);
  });

  it("have the ids of their Elastic IP addresses", async () => {
    const elastic = { IpAddress: "203.0.113.9", AllocationId: "eipalloc-b" };
    const AvailabilityZones = [zone("a", { IpAddress: "203.0.113.8" }), zone("b", elastic)];
    assert.deepEqual(await readZones(ec2Client({}), balancer({ AvailabilityZones }), unheeded), [
      { zone: "us-west-2a", subnet: "subnet-a", addresses: ["203.0.113.8"] },
      {
        zone: "us-west-2b",
        subnet: "subnet-b",
        addresses: ["203.0.113.9"],
        elasticAddresses: ["eipalloc-b"],
      },
    ]);
  });

  it("have their network interfaces' public addresses where it says none", async () => {
    const calls: Call[] = [];
    const client = ec2Client({ DescribeNetworkInterfaces: { NetworkInterfaces } }, calls);
    const zones = await readZones(client, balancer({ AvailabilityZones: [zone("a"), zone("b")] }), unheeded);
    assert.deepEqual(
      zones.map(({ addresses }) => addresses),
      [["203.0.113.1"], ["203.0.113.2"]],
    );
    assert.deepEqual(
      calls.map(({ input }) => input.Filters),
      [[{ Name: "description", Values: ["ELB net/own/1"] }]],
    );
  });

  it("have private addresses if the load balancer is internal", async () => {
    const client = ec2Client({ DescribeNetworkInterfaces: { NetworkInterfaces } });
    const AvailabilityZones = [zone("a"), zone("b", { PrivateIPv4Address: "10.0.16.5" })];
    const said = await readZones(
      client,
      balancer({ Scheme: "internal", AvailabilityZones: [AvailabilityZones[1]!] }),
      unheeded,
    );
    assert.deepEqual(
      said.map(({ addresses }) => addresses),
      [["10.0.16.5"]],
    );
    const looked = await readZones(
      client,
      balancer({ Scheme: "internal", AvailabilityZones: [AvailabilityZones[0]!] }),
      unheeded,
    );
    assert.deepEqual(
      looked.map(({ addresses }) => addresses),
      [["10.0.0.4"]],
    );
  });

  it("have IPv6 addresses and prefixes for source NAT, in short, if the load balancer is dual-stack", async () => {
    const Ipv6Addresses = [{ Ipv6Address: "2001:db8:0:1:0:0:0:4" }];
    const client = ec2Client({
      DescribeNetworkInterfaces: {
        NetworkInterfaces: NetworkInterfaces.map((each) => ({ ...each, Ipv6Addresses })),
      },
    });
    const AvailabilityZones = [
      zone("a", { IpAddress: "203.0.113.8", IPv6Address: "2001:DB8::9" }),
      { ...zone("b"), SourceNatIpv6Prefixes: ["2001:DB8:0:1:1:0:0:0/80"] },
    ];
    const ipv6Of = async (IpAddressType: "dualstack" | "ipv4") =>
      (await readZones(client, balancer({ IpAddressType, AvailabilityZones }), unheeded)).map(
        ({ ipv6Addresses, sourceNatIpv6Prefixes }) => [ipv6Addresses, sourceNatIpv6Prefixes],
      );
    assert.deepEqual(await ipv6Of("dualstack"), [
      [["2001:db8:0:1::4", "2001:db8::9"], []],
      [["2001:db8:0:1::4"], ["2001:db8:0:1:1::/80"]],
    ]);
    assert.deepEqual(await ipv6Of("ipv4"), [
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});
