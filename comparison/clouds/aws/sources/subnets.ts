/** Subnets that the cloud controller manager may use for load balancers. */
import { paginateDescribeRouteTables, paginateDescribeSubnets } from "@aws-sdk/client-ec2";
import type { EC2Client, RouteTable, Subnet } from "@aws-sdk/client-ec2";
import type { SubnetFacts } from "../model.ts";
import { byText } from "../../../sources/order.ts";
import { mayBeUsedBy } from "../../../../components/aws/clusterTags.ts";
import { record } from "./calls.ts";
import type { NodeNetwork } from "./nodeNetwork.ts";

/** The VPC's subnets, without other clusters': cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (findSubnets). */
export async function readSubnets(
  client: EC2Client,
  { vpc, clusterName }: NodeNetwork,
  abortSignal: AbortSignal,
): Promise<SubnetFacts[]> {
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  const [subnets, tables] = await Promise.all([
    subnetsOf(client, Filters, abortSignal),
    routeTablesOf(client, Filters, abortSignal),
  ]);
  const facts = subnets.map((subnet): SubnetFacts => ({
    id: subnet.SubnetId ?? "",
    zone: subnet.AvailabilityZone ?? "",
    cidr: subnet.CidrBlock ?? "",
    ipv6Cidrs: ipv6RangesOf(subnet),
    public: isPublic(subnet.SubnetId ?? "", tables),
    tags: record(subnet.Tags),
  }));
  return byText(
    facts.filter(({ tags }) => mayBeUsedBy(clusterName, tags)),
    ({ zone, id }) => `${zone} ${id}`,
  );
}

/** Those that it has already, and not for the last time. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SubnetCidrBlockState.html */
function ipv6RangesOf({ Ipv6CidrBlockAssociationSet: associations = [] }: Subnet): string[] {
  return associations.flatMap(({ Ipv6CidrBlock: range, Ipv6CidrBlockState: state }) =>
    state?.State === "associated" && range !== undefined ? [range] : [],
  );
}

type Filters = { Name: string; Values: string[] }[];

async function subnetsOf(client: EC2Client, Filters: Filters, abortSignal: AbortSignal): Promise<Subnet[]> {
  const found: Subnet[] = [];
  for await (const page of paginateDescribeSubnets({ client }, { Filters }, { abortSignal })) {
    found.push(...(page.Subnets ?? []));
  }
  return found;
}

async function routeTablesOf(
  client: EC2Client,
  Filters: Filters,
  abortSignal: AbortSignal,
): Promise<RouteTable[]> {
  const found: RouteTable[] = [];
  for await (const page of paginateDescribeRouteTables({ client }, { Filters }, { abortSignal })) {
    found.push(...(page.RouteTables ?? []));
  }
  return found;
}

/** A subnet without its own route table uses the VPC's main one. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html */
function isPublic(subnet: string, tables: readonly RouteTable[]): boolean {
  const own = tables.find(({ Associations = [] }) =>
    Associations.some(({ SubnetId }) => SubnetId === subnet),
  );
  const main = tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true));
  const { Routes = [] } = own ?? main ?? {};
  return Routes.some(({ GatewayId }) => GatewayId?.startsWith("igw-") === true);
}
