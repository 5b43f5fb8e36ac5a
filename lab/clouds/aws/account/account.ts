/**
 * The part of an AWS account that load balancing needs after `eksctl create cluster`: a VPC with an internet gateway, a public subnet in each zone, the cluster's
 * node security group, and a running instance for each node, all in one Auto Scaling group.
 *
 * The tags are those that Amazon EKS sets or requires: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html and
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
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { clusterName, nodes, nodeNetwork } from "../../../layout.ts";
import { zoneOf } from "../layout.ts";
import { withAws } from "./clients.ts";
import { clusterFilter, known, tagged } from "./ec2.ts";
import { ensureInstances } from "./instances.ts";
import type { AccountNode, InstancePlace } from "./instances.ts";
import { ensureNodeGroup } from "./nodeGroup.ts";

export interface Account {
  readonly vpcId: string;
  readonly internetGatewayId: string;
  readonly nodeSecurityGroupId: string;
  /** In the layout's order. */
  readonly nodes: readonly AccountNode[];
}

/**
 * Provides the account behind `endpoint` with these objects. Existing ones, found by cluster tag and name, stay; missing ones are made. It may be called again
 * after an interruption at any point.
 *
 * @throws the API's errors, as errors of the AWS SDK
 */
export function seedAccount(endpoint: string): Promise<Account> {
  return withAws(endpoint, async (clients) => {
    const { ec2 } = clients;
    const vpcId = await ensureVpc(ec2);
    // One after another: the emulator serves one call at a time anyway, and its log is easier to read.
    const internetGatewayId = await ensureInternetGateway(ec2, vpcId);
    const routeTableId = await ensureRouteTable(ec2, vpcId, internetGatewayId);
    const nodeSecurityGroupId = await ensureNodeSecurityGroup(ec2, vpcId);
    const subnets = await ensureSubnets(ec2, vpcId, routeTableId);
    const instances = await ensureInstances(clients, { securityGroupId: nodeSecurityGroupId, subnets });
    await ensureNodeGroup(
      clients,
      [...subnets.values()],
      instances.map(({ instanceId }) => instanceId),
    );
    return { vpcId, internetGatewayId, nodeSecurityGroupId, nodes: instances };
  });
}

/** The subnets and the security group for further instances. */
export const instancePlace = ({ nodeSecurityGroupId, nodes: instances }: Account): InstancePlace => ({
  securityGroupId: nodeSecurityGroupId,
  subnets: new Map(instances.map(({ zone, subnetId }) => [zone, subnetId])),
});

async function ensureVpc(ec2: EC2Client): Promise<string> {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: clusterFilter }));
  if (Vpcs?.[0] !== undefined) return known(Vpcs[0].VpcId);
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: nodeNetwork.cidr,
      TagSpecifications: tagged("vpc", clusterName, "shared"),
    }),
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

/** The route to the internet gateway makes subnets public, also for the cloud controller manager. */
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

/** The only security group with the cluster's tag on every node: the cloud controller manager refuses to choose between two. */
async function ensureNodeSecurityGroup(ec2: EC2Client, vpcId: string): Promise<string> {
  const name = `${clusterName}-node`;
  // The cloud controller manager tags the groups that it makes for Classic Load Balancers, too.
  const own = [...clusterFilter, { Name: "group-name", Values: [name] }];
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: own }));
  const [found] = SecurityGroups ?? [];
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
  for (const node of nodes) {
    const zone = zoneOf(node);
    const { subnetCidr } = node;
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
