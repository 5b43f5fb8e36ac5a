import assert from "node:assert/strict";
import { readSubnets } from "../../../../../../comparison/clouds/aws/sources/subnets.ts";
import { ec2Client, unheeded } from "../../../sources/clients.ts";

const network = {
  clusterName: "dev",
  vpc: "vpc-1",
  groupsByInstance: {},
  allSecurityGroups: [],
  securityGroupsOfNodes: [],
};

const subnet = (id: string, AvailabilityZone: string, ...tags: string[]) => ({
  SubnetId: id,
  AvailabilityZone,
  CidrBlock: "10.0.0.0/20",
  Tags: tags.map((Key) => ({ Key, Value: "shared" })),
});

const internet = [{ GatewayId: "local" }, { GatewayId: "igw-1" }];
const inside = [{ GatewayId: "local" }, { NatGatewayId: "nat-1" }];

const read = (Subnets: object[], RouteTables: object[]) =>
  readSubnets(
    ec2Client({ DescribeSubnets: { Subnets }, DescribeRouteTables: { RouteTables } }),
    network,
    unheeded,
  );

describe("the subnets for load balancers", () => {
  it("are the cluster's and those of none, in the order of their zones", async () => {
    const found = await read(
      [
        subnet("subnet-c", "us-west-2b", "kubernetes.io/cluster/dev", "kubernetes.io/role/elb"),
        subnet("subnet-b", "us-west-2a"),
        subnet("subnet-a", "us-west-2a", "kubernetes.io/cluster/other"),
      ],
      [],
    );
    assert.deepEqual(found, [
      { id: "subnet-b", zone: "us-west-2a", cidr: "10.0.0.0/20", ipv6Cidrs: [], public: false, tags: {} },
      {
        id: "subnet-c",
        zone: "us-west-2b",
        cidr: "10.0.0.0/20",
        ipv6Cidrs: [],
        public: false,
        tags: { "kubernetes.io/cluster/dev": "shared", "kubernetes.io/role/elb": "shared" },
      },
    ]);
  });

  it("have the IPv6 ranges that they have already", async () => {
    const range = (Ipv6CidrBlock: string, State: string) => ({
      Ipv6CidrBlock,
      Ipv6CidrBlockState: { State },
    });
    const [found] = await read(
      [
        {
          ...subnet("subnet-a", "us-west-2a"),
          Ipv6CidrBlockAssociationSet: [
            range("2001:db8:0:1::/64", "associated"),
            range("2001:db8:0:2::/64", "associating"),
            range("2001:db8:0:3::/64", "disassociated"),
          ],
        },
      ],
      [],
    );
    assert.deepEqual(found?.ipv6Cidrs, ["2001:db8:0:1::/64"]);
  });

  it("are public by their own route table, else by the VPC's main one", async () => {
    const subnets = [subnet("subnet-a", "us-west-2a"), subnet("subnet-b", "us-west-2b")];
    const own = { Associations: [{ SubnetId: "subnet-a" }] };
    const main = { Associations: [{ Main: true }] };
    const byOwn = await read(subnets, [
      { ...main, Routes: inside },
      { ...own, Routes: internet },
    ]);
    const byMain = await read(subnets, [
      { ...main, Routes: internet },
      { ...own, Routes: inside },
    ]);
    assert.deepEqual(
      [byOwn, byMain].map((each) => each.map((facts) => facts.public)),
      [
        [true, false],
        [false, true],
      ],
    );
  });
});
