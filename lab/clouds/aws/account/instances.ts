/** The nodes' instances: a running one for each node of the layout, and those of spare nodes, which come and go. */
import { DescribeInstancesCommand, RunInstancesCommand } from "@aws-sdk/client-ec2";
import type { EC2Client, Instance } from "@aws-sdk/client-ec2";
import { nodes, spareNodes } from "../../../layout.ts";
import type { NodeLayout } from "../../../layout.ts";
import { zoneOf } from "../layout.ts";
import type { AwsClients } from "./clients.ts";
import { clusterFilter, known, tagged } from "./ec2.ts";
import { machine, terminateNode } from "./nodeGroup.ts";

/** A node of the cluster as EC2 knows it. */
export interface AccountNode {
  readonly name: string;
  readonly zone: string;
  readonly subnetId: string;
  readonly instanceId: string;
  /** The private IPv4 address. */
  readonly address: string;
}

/** The place of new instances. */
export interface InstancePlace {
  readonly securityGroupId: string;
  /** Subnet ids by zone. */
  readonly subnets: ReadonlyMap<string, string>;
}

/** Ensures one instance for each node of the layout, and terminates instances of spare nodes that an earlier run left. */
export async function ensureInstances(clients: AwsClients, place: InstancePlace): Promise<AccountNode[]> {
  const { ec2 } = clients;
  const present = await runningInstances(ec2);
  const at = (address: string): string | undefined =>
    present.find(({ PrivateIpAddress }) => PrivateIpAddress === address)?.InstanceId;
  for (const { address } of spareNodes) {
    const left = at(address);
    if (left !== undefined) await terminateNode(clients, left);
  }
  const result: AccountNode[] = [];
  for (const node of nodes) {
    const { name, address } = node;
    const instanceId = at(address) ?? (await runInstance(ec2, place, node));
    result.push({ name, zone: zoneOf(node), subnetId: subnetOf(place, node), address, instanceId });
  }
  return result;
}

/** @returns the instance's id */
export async function runInstance(ec2: EC2Client, place: InstancePlace, node: NodeLayout): Promise<string> {
  const settings = {
    ...machine,
    MinCount: 1,
    MaxCount: 1,
    SubnetId: subnetOf(place, node),
    PrivateIpAddress: node.address,
    SecurityGroupIds: [place.securityGroupId],
    TagSpecifications: tagged("instance", node.name, "owned"),
  };
  const { Instances } = await ec2.send(new RunInstancesCommand(settings));
  return known(Instances?.[0]?.InstanceId);
}

async function runningInstances(ec2: EC2Client): Promise<Instance[]> {
  const running = { Name: "instance-state-name", Values: ["pending", "running"] };
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [...clusterFilter, running] }),
  );
  return (Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
}

const subnetOf = ({ subnets }: InstancePlace, node: NodeLayout): string => known(subnets.get(zoneOf(node)));
