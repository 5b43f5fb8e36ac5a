/** The nodes' instances: a running one for each node of the layout, and those of spare nodes, which come and go. */
import {
  AssignPrivateIpAddressesCommand,
  DescribeInstancesCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client, Instance } from "@aws-sdk/client-ec2";
import { nodes, spareNodes } from "../../../layout.ts";
import type { NodeLayout } from "../../../layout.ts";
import { zoneOf } from "../layout.ts";
import type { AwsClients } from "./clients.ts";
import { idsOf, known, tagSpecification } from "./ec2.ts";
import { machine, terminateNode } from "./nodeGroup.ts";
import { prefixesOf } from "./prefixes.ts";
import { nodeGroupOf } from "./shapes/shape.ts";
import type { AccountShape, InstanceShape } from "./shapes/shape.ts";

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
  readonly shape: AccountShape;
  /** Security groups' ids by name. */
  readonly securityGroups: ReadonlyMap<string, string>;
  /** The nodes' subnets' ids by zone. */
  readonly subnets: ReadonlyMap<string, string>;
}

/** Ensures one instance for each node of the layout, and terminates instances of spare nodes that an earlier run left. */
export async function ensureInstances(clients: AwsClients, place: InstancePlace): Promise<AccountNode[]> {
  const { ec2 } = clients;
  const present = await runningInstances(ec2);
  const at = (address: string): Instance | undefined =>
    present.find(({ PrivateIpAddress }) => PrivateIpAddress === address);
  for (const { address } of spareNodes) {
    const left = at(address)?.InstanceId;
    if (left !== undefined) await terminateNode(clients, left);
  }
  const result: AccountNode[] = [];
  for (const node of nodes) {
    const { name, address } = node;
    const found = at(address);
    if (found !== undefined) await assignPodAddresses(ec2, found, node);
    const instanceId = found?.InstanceId ?? (await runInstance(ec2, place, node));
    result.push({ name, zone: zoneOf(node), subnetId: subnetOf(place, node), address, instanceId });
  }
  for (const other of place.shape.otherInstances ?? [])
    if (at(other.address) === undefined) await launch(ec2, place, other);
  return result;
}

/** @returns the instance's id */
export async function runInstance(ec2: EC2Client, place: InstancePlace, node: NodeLayout): Promise<string> {
  const { securityGroups, instanceTags } = nodeGroupOf(place.shape, node.zone);
  const instance = await launch(ec2, place, { ...node, securityGroups, tags: instanceTags(node.name) });
  await assignPodAddresses(ec2, instance, node);
  return known(instance.InstanceId);
}

async function launch(
  ec2: EC2Client,
  place: InstancePlace,
  { address, securityGroups, tags, ...at }: InstanceShape,
): Promise<Instance> {
  const settings = {
    ...machine,
    MinCount: 1,
    MaxCount: 1,
    SubnetId: subnetOf(place, at),
    PrivateIpAddress: address,
    SecurityGroupIds: idsOf(place.securityGroups, securityGroups),
    TagSpecifications: tagSpecification("instance", tags),
  };
  const { Instances } = await ec2.send(new RunInstancesCommand(settings));
  return Instances?.[0] ?? {};
}

/** What the AWS VPC CNI does on each node, so that controllers find the network interface behind a pod's address. */
async function assignPodAddresses(
  ec2: EC2Client,
  { NetworkInterfaces }: Instance,
  { podCidr }: NodeLayout,
): Promise<void> {
  const [networkInterface] = NetworkInterfaces ?? [];
  const assigned = (networkInterface?.Ipv4Prefixes ?? []).map(({ Ipv4Prefix }) => Ipv4Prefix);
  const missing = prefixesOf(podCidr).filter((prefix) => !assigned.includes(prefix));
  if (missing.length === 0) return;
  await ec2.send(
    new AssignPrivateIpAddressesCommand({
      NetworkInterfaceId: known(networkInterface?.NetworkInterfaceId),
      Ipv4Prefixes: missing,
    }),
  );
}

async function runningInstances(ec2: EC2Client): Promise<Instance[]> {
  const running = { Name: "instance-state-name", Values: ["pending", "running"] };
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ Filters: [running] }));
  return (Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
}

const subnetOf = ({ subnets }: InstancePlace, node: Pick<NodeLayout, "zone">): string =>
  known(subnets.get(zoneOf(node)));
