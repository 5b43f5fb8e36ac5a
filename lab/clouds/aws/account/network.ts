/** The VPC of the account: its internet gateway, its route table for public subnets, and its subnets. */
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { clusterName, nodeNetwork, nodes } from "../../../layout.ts";
import { publicSubnetCidrs, zoneOf } from "../layout.ts";
import { clusterFilter, known, tagged, tagSpecification } from "./ec2.ts";
import type { AccountShape, Tags } from "./shapes/shape.ts";

export interface AccountNetwork {
  readonly vpcId: string;
  readonly internetGatewayId: string;
  /** The nodes' subnets, by zone. */
  readonly subnets: ReadonlyMap<string, string>;
}

export async function ensureNetwork(ec2: EC2Client, shape: AccountShape): Promise<AccountNetwork> {
  const vpcId = await ensureVpc(ec2);
  const internetGatewayId = await ensureInternetGateway(ec2, vpcId);
  const routeTableId = await ensureRouteTable(ec2, vpcId, internetGatewayId);
  return { vpcId, internetGatewayId, subnets: await ensureSubnets(ec2, vpcId, routeTableId, shape) };
}

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

interface WantedSubnet {
  readonly zone: string;
  readonly cidr: string;
  readonly tags: Tags;
  readonly isPublic: boolean;
}

/** The nodes' subnets, and the public ones beside them if those are private. */
function wantedSubnets({ nodeSubnet, publicSubnet }: AccountShape): WantedSubnet[] {
  return nodes.flatMap((node) => {
    const zone = zoneOf(node);
    const own = { zone, cidr: node.subnetCidr, tags: nodeSubnet(zone), isPublic: publicSubnet === undefined };
    if (publicSubnet === undefined) return [own];
    return [own, { zone, cidr: publicSubnetCidrs[node.zone], tags: publicSubnet(zone), isPublic: true }].map(
      (subnet) => ({ ...subnet, cidr: known(subnet.cidr) }),
    );
  });
}

/** @returns the nodes' subnets, by zone */
async function ensureSubnets(
  ec2: EC2Client,
  vpcId: string,
  routeTableId: string,
  shape: AccountShape,
): Promise<ReadonlyMap<string, string>> {
  // By their address ranges: not every tool gives them the cluster's tag.
  const ofVpc = [{ Name: "vpc-id", Values: [vpcId] }];
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: ofVpc }));
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [routeTableId] }));
  const associated = new Set((RouteTables?.[0]?.Associations ?? []).map(({ SubnetId }) => SubnetId));
  const ids = new Map<string, string>();
  for (const { zone, cidr, tags, isPublic } of wantedSubnets(shape)) {
    const settings = {
      VpcId: vpcId,
      CidrBlock: cidr,
      AvailabilityZone: zone,
      TagSpecifications: tagSpecification("subnet", tags),
    };
    const id = known(
      Subnets?.find(({ CidrBlock }) => CidrBlock === cidr)?.SubnetId ??
        (await ec2.send(new CreateSubnetCommand(settings))).Subnet?.SubnetId,
    );
    if (isPublic && !associated.has(id))
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId: routeTableId, SubnetId: id }));
    if (!ids.has(zone)) ids.set(zone, id);
  }
  return ids;
}
