/**
 * The part of an AWS account that load balancing needs once a tool has made a cluster: a VPC with an internet gateway, subnets in each zone, security groups, and a
 * running instance for each node. `shapes/` says what each tool leaves. Besides, a hosted zone for names of apps.
 *
 * The VPC, the gateway and the route table have the cluster's tag in every shape: by it they are found again.
 */
import type { EC2Client } from "@aws-sdk/client-ec2";
import { CreateNetworkInterfaceCommand, DescribeNetworkInterfacesCommand } from "@aws-sdk/client-ec2";
import { zoneOf } from "../layout.ts";
import { withAws } from "./clients.ts";
import { idsOf, known } from "./ec2.ts";
import { ensureHostedZone } from "./hostedZone.ts";
import { ensureInstances } from "./instances.ts";
import type { AccountNode, InstancePlace } from "./instances.ts";
import { ensureNetwork } from "./network.ts";
import { ensureNodeGroups } from "./nodeGroup.ts";
import { ensureSecurityGroups } from "./securityGroups.ts";
import { usual } from "./shapes/usual.ts";
import type { AccountShape } from "./shapes/shape.ts";

export interface Account {
  readonly vpcId: string;
  readonly internetGatewayId: string;
  /** The first security group of the first node. In the usual shape it is the only one of all nodes. */
  readonly nodeSecurityGroupId: string;
  /** In the layout's order. */
  readonly nodes: readonly AccountNode[];
  /** Where further instances go. */
  readonly place: InstancePlace;
}

/**
 * Provides the account behind `endpoint` with what a shape has. What exists stays; what is missing is made. It may be called again after an interruption at any
 * point, with the same shape.
 *
 * @throws the API's errors, as errors of the AWS SDK
 */
export function seedAccount(endpoint: string, shape: AccountShape = usual): Promise<Account> {
  return withAws(endpoint, async (clients) => {
    const { ec2 } = clients;
    // One after another: the emulator serves one call at a time anyway, and its log is easier to read.
    const { vpcId, internetGatewayId, subnets } = await ensureNetwork(ec2, shape);
    const securityGroups = await ensureSecurityGroups(ec2, vpcId, shape);
    const place = { shape, securityGroups, subnets };
    const nodes = await ensureInstances(clients, place);
    await ensureNodeGroups(clients, shape, nodes);
    await ensureInterfaces(ec2, place);
    await ensureHostedZone(clients.route53);
    const [first = ""] = shape.nodeGroups[0]?.securityGroups ?? [];
    return { vpcId, internetGatewayId, nodeSecurityGroupId: known(securityGroups.get(first)), nodes, place };
  });
}

/** Network interfaces without an instance, by their addresses. */
async function ensureInterfaces(
  ec2: EC2Client,
  { shape, securityGroups, subnets }: InstancePlace,
): Promise<void> {
  const wanted = shape.interfaces ?? [];
  if (wanted.length === 0) return;
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  const there = new Set(NetworkInterfaces.map(({ PrivateIpAddress }) => PrivateIpAddress));
  for (const { description, zone, address, securityGroups: names } of wanted) {
    if (there.has(address)) continue;
    await ec2.send(
      new CreateNetworkInterfaceCommand({
        Description: description,
        SubnetId: known(subnets.get(zoneOf({ zone }))),
        PrivateIpAddress: address,
        Groups: idsOf(securityGroups, names),
      }),
    );
  }
}
