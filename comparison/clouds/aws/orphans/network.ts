/**
 * Network interfaces that nothing needs: they keep subnets, security groups and so the VPC from being deleted. And Elastic IP addresses that nothing has, for which AWS
 * charges as for others.
 */
import type { Address, NetworkInterface } from "@aws-sdk/client-ec2";
import type { NodeFacts } from "../../../model/cluster.ts";
import type { OrphanFacts } from "../../../model/orphan.ts";
import { byText } from "../../../sources/order.ts";
import { prices } from "../cost/prices.ts";
import { record } from "../sources/calls.ts";
import { removal } from "./removal.ts";

export interface ExistingNetwork {
  readonly clusterName: string;
  readonly nodes: readonly NodeFacts[];
  /** Names of all load balancers of the account and region, of every kind. */
  readonly loadBalancers: readonly string[];
  /** Those of the nodes' VPC. */
  readonly interfaces: readonly NetworkInterface[];
  /** Elastic IP addresses with the cluster's tag. */
  readonly addresses: readonly Address[];
}

export const networkOrphans = (existing: ExistingNetwork): OrphanFacts[] => [
  ...byText(existing.interfaces, ({ NetworkInterfaceId = "" }) => NetworkInterfaceId).flatMap((each) =>
    interfaceOrphan(each, existing),
  ),
  ...byText(existing.addresses, ({ PublicIp = "" }) => PublicIp).flatMap(addressOrphan),
];

function interfaceOrphan(each: NetworkInterface, existing: ExistingNetwork): OrphanFacts[] {
  const reason = whyNoBalancer(each, existing) ?? whyNoNode(each, existing);
  if (reason === undefined) return [];
  const { NetworkInterfaceId: id = "", Description = "", Status } = each;
  const isFree = Status === "available";
  return [
    {
      kind: "network interface",
      name: Description,
      id,
      // AWS alone detaches what belongs to its load balancers.
      ...(isFree ? { command: removal.networkInterface(id) } : {}),
      reason: isFree ? reason : `${reason}; AWS releases it by itself within minutes`,
      monthlyDollars: 0,
      parts: [],
    },
  ];
}

/** `ELB net/NAME/ID`, or `ELB NAME` of a Classic Load Balancer. https://repost.aws/knowledge-center/elb-find-load-balancer-IP */
const ofBalancer = /^ELB (?:(?:net|app|gwy)\/)?([^/\s]+)(?:\/[^/\s]+)?$/;

function whyNoBalancer(
  { Description = "" }: NetworkInterface,
  { loadBalancers }: ExistingNetwork,
): string | undefined {
  const name = ofBalancer.exec(Description)?.[1];
  return name === undefined || loadBalancers.includes(name)
    ? undefined
    : `it is of the load balancer ${name}, which does not exist`;
}

/**
 * The AWS VPC CNI attaches further network interfaces to each node, and deletes those that it has lost as long as one of its pods runs.
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.19.0/pkg/awsutils/awsutils.go (eniClusterTagKey, eniNodeTagKey, cleanUpLeakedENIs)
 */
const cni = {
  cluster: "cluster.k8s.amazonaws.com/name",
  node: "node.k8s.amazonaws.com/instance_id",
} as const;

function whyNoNode(
  { TagSet, Status }: NetworkInterface,
  { clusterName, nodes }: ExistingNetwork,
): string | undefined {
  const tags = record(TagSet);
  const instance = tags[cni.node];
  if (tags[cni.cluster] !== clusterName || instance === undefined || Status !== "available") return undefined;
  return nodes.some(({ instanceId }) => instanceId === instance)
    ? undefined
    : `the AWS VPC CNI made it for ${instance}, which is no node any more`;
}

function addressOrphan({ PublicIp = "", AllocationId = "", AssociationId }: Address): OrphanFacts[] {
  if (AssociationId !== undefined) return [];
  return [
    {
      kind: "Elastic IP address",
      name: PublicIp,
      id: AllocationId,
      command: removal.address(AllocationId),
      reason: "no load balancer, NAT gateway or instance has it",
      monthlyDollars: prices.publicAddressHour * prices.hoursPerMonth,
      parts: [],
    },
  ];
}
