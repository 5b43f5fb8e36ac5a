/**
 * What an AWS account holds once `eksctl create cluster` is done with it, as far as load balancing needs it: a VPC with an
 * internet gateway, a public subnet in each zone, the cluster's node security group and a running instance per node.
 *
 * Tags as Amazon EKS sets or asks for them: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html and
 * https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html.
 */
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { ResourceType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import { clusterName, nodes, region, vpc } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";

export interface Account {
  readonly vpcId: string;
  readonly internetGatewayId: string;
  readonly nodeSecurityGroupId: string;
  /** In the order of the layout. */
  readonly nodes: readonly AccountNode[];
}

/** A node of the cluster as EC2 knows it. */
export interface AccountNode {
  readonly name: string;
  readonly zone: string;
  readonly subnetId: string;
  readonly instanceId: string;
  /** The private IPv4 address. */
  readonly address: string;
}

const clusterTag = `kubernetes.io/cluster/${clusterName}`;

/** What the instances are made of means nothing in the lab; the API wants to be told. */
const machine = { ImageId: "ami-0123456789abcdef0", InstanceType: "m7i.large" } as const;

/**
 * Furnishes the account behind `endpoint`. What is there already, found by its cluster tag and name, stays; only what
 * lacks is made, so that it may be called again after an interruption at any point.
 *
 * @throws whatever the API answers, as an error of the AWS SDK
 */
export async function seedAccount(endpoint: string): Promise<Account> {
  const ec2 = new EC2Client({
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    const vpcId = await ensureVpc(ec2);
    // One after another: the emulator serves one call at a time anyway, and a log in order is easier to read.
    const internetGatewayId = await ensureInternetGateway(ec2, vpcId);
    const routeTableId = await ensureRouteTable(ec2, vpcId, internetGatewayId);
    const nodeSecurityGroupId = await ensureNodeSecurityGroup(ec2, vpcId);
    const subnets = await ensureSubnets(ec2, vpcId, routeTableId);
    const instances = await ensureInstances(ec2, nodeSecurityGroupId, subnets);
    return { vpcId, internetGatewayId, nodeSecurityGroupId, nodes: instances };
  } finally {
    ec2.destroy();
  }
}

async function ensureVpc(ec2: EC2Client): Promise<string> {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: clusterFilter }));
  if (Vpcs?.[0] !== undefined) return known(Vpcs[0].VpcId);
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: vpc.cidr, TagSpecifications: tagged("vpc", clusterName, "shared") }),
  );
  return known(Vpc?.VpcId);
}

async function ensureInternetGateway(ec2: EC2Client, vpcId: string): Promise<string> {
  const { InternetGateways } = await ec2.send(
    new DescribeInternetGatewaysCommand({ Filters: clusterFilter }),
  );
  const [found] = InternetGateways ?? [];
  const tags = tagged("internet-gateway", clusterName, "shared");
  const id = known(
    found?.InternetGatewayId ??
      (await ec2.send(new CreateInternetGatewayCommand({ TagSpecifications: tags }))).InternetGateway
        ?.InternetGatewayId,
  );
  if ((found?.Attachments ?? []).length === 0) {
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }));
  }
  return id;
}

/** The route to the internet gateway is what makes subnets public, to the cloud controller too. */
async function ensureRouteTable(ec2: EC2Client, vpcId: string, internetGatewayId: string): Promise<string> {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters: clusterFilter }));
  const [found] = RouteTables ?? [];
  const tags = tagged("route-table", `${clusterName}-public`, "shared");
  const id = known(
    found?.RouteTableId ??
      (await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId, TagSpecifications: tags }))).RouteTable
        ?.RouteTableId,
  );
  if (!(found?.Routes ?? []).some(({ GatewayId }) => GatewayId === internetGatewayId)) {
    const everywhere = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: internetGatewayId };
    await ec2.send(new CreateRouteCommand({ RouteTableId: id, ...everywhere }));
  }
  return id;
}

/** The one security group with the cluster's tag on every node: the cloud controller refuses to choose between two. */
async function ensureNodeSecurityGroup(ec2: EC2Client, vpcId: string): Promise<string> {
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: clusterFilter }));
  const [found] = SecurityGroups ?? [];
  const name = `${clusterName}-node`;
  const description = "Communication between the nodes of the cluster";
  const tags = tagged("security-group", name, "owned");
  const id = known(
    found?.GroupId ??
      (
        await ec2.send(
          new CreateSecurityGroupCommand({
            GroupName: name,
            Description: description,
            VpcId: vpcId,
            TagSpecifications: tags,
          }),
        )
      ).GroupId,
  );
  if ((found?.IpPermissions ?? []).length === 0) {
    const fromEachOther = { IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: id }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [fromEachOther] }));
  }
  return id;
}

/** Subnet ids by zone. */
async function ensureSubnets(
  ec2: EC2Client,
  vpcId: string,
  routeTableId: string,
): Promise<ReadonlyMap<string, string>> {
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: clusterFilter }));
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [routeTableId] }));
  const associated = new Set((RouteTables?.[0]?.Associations ?? []).map(({ SubnetId }) => SubnetId));
  const ids = new Map<string, string>();
  for (const { zone, subnetCidr } of nodes) {
    const tags = tagged("subnet", `${clusterName}-public-${zone}`, "shared", {
      "kubernetes.io/role/elb": "1",
    });
    const settings = { VpcId: vpcId, CidrBlock: subnetCidr, AvailabilityZone: zone, TagSpecifications: tags };
    const id = known(
      Subnets?.find((subnet) => subnet.AvailabilityZone === zone)?.SubnetId ??
        (await ec2.send(new CreateSubnetCommand(settings))).Subnet?.SubnetId,
    );
    if (!associated.has(id))
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId: routeTableId, SubnetId: id }));
    ids.set(zone, id);
  }
  return ids;
}

async function ensureInstances(
  ec2: EC2Client,
  securityGroupId: string,
  subnets: ReadonlyMap<string, string>,
): Promise<AccountNode[]> {
  const running = { Name: "instance-state-name", Values: ["pending", "running"] };
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [...clusterFilter, running] }),
  );
  const present = (Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
  const result: AccountNode[] = [];
  for (const node of nodes) {
    const { name, zone, address } = node;
    const subnetId = known(subnets.get(zone));
    const found = present.find(({ PrivateIpAddress }) => PrivateIpAddress === address)?.InstanceId;
    result.push({
      name,
      zone,
      subnetId,
      address,
      instanceId: found ?? (await runInstance(ec2, securityGroupId, subnetId, node)),
    });
  }
  return result;
}

async function runInstance(
  ec2: EC2Client,
  securityGroupId: string,
  subnetId: string,
  node: NodeLayout,
): Promise<string> {
  const settings = {
    ...machine,
    MinCount: 1,
    MaxCount: 1,
    SubnetId: subnetId,
    PrivateIpAddress: node.address,
    SecurityGroupIds: [securityGroupId],
    TagSpecifications: tagged("instance", node.name, "owned"),
  };
  const { Instances } = await ec2.send(new RunInstancesCommand(settings));
  return known(Instances?.[0]?.InstanceId);
}

const clusterFilter = [{ Name: "tag-key", Values: [clusterTag] }];

/** Tags of what the cluster owns, or shares with others: what it owns goes when the cluster goes. */
function tagged(
  type: ResourceType,
  name: string,
  lifetime: "owned" | "shared",
  more: Readonly<Record<string, string>> = {},
): TagSpecification[] {
  const tags: Tag[] = Object.entries({ Name: name, [clusterTag]: lifetime, ...more }).map(([Key, Value]) => ({
    Key,
    Value,
  }));
  return [{ ResourceType: type, Tags: tags }];
}

/** The SDK's types leave every answer optional. */
function known(id: string | undefined): string {
  if (id === undefined) throw new Error("the AWS API answered without the id of what it made");
  return id;
}
