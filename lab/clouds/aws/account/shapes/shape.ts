/** What a tool leaves in an AWS account for a cluster, as far as load balancing sees it. A shape is data; `account.ts` makes it. */

export type Tags = Readonly<Record<string, string>>;

export interface AccountShape {
  /** In texts. */
  readonly title: string;
  /** Tags of the subnet of a zone in which the nodes are. */
  readonly nodeSubnet: (zone: string) => Tags;
  /** Tags of a zone's public subnet for load balancers. @default the nodes' own subnet is public */
  readonly publicSubnet?: (zone: string) => Tags;
  readonly securityGroups: readonly SecurityGroupShape[];
  /** Each zone of the lab is in one of them. */
  readonly nodeGroups: readonly NodeGroupShape[];
  /** Running instances that are no nodes. */
  readonly otherInstances?: readonly InstanceShape[];
  /** Network interfaces without an instance. */
  readonly interfaces?: readonly InterfaceShape[];
}

export interface SecurityGroupShape {
  /** Its name in EC2. */
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  /** Names of the groups whose members may send it everything. */
  readonly from: readonly string[];
}

export interface NodeGroupShape {
  /** Letters of the zones whose nodes are in it. */
  readonly zones: readonly string[];
  /** Undefined if its instances are in no Auto Scaling group. */
  readonly autoscalingGroup?: { readonly name: string; readonly tags: Tags };
  /** Names of the instances' security groups. */
  readonly securityGroups: readonly string[];
  readonly instanceTags: (nodeName: string) => Tags;
  /** Labels of the nodes that their kubelets set. Those that a controller adds afterwards are left out: no such controller runs here. */
  readonly labels: Tags;
}

export interface InstanceShape {
  readonly name: string;
  /** The letter of its zone. */
  readonly zone: string;
  readonly address: string;
  readonly securityGroups: readonly string[];
  readonly tags: Tags;
}

export interface InterfaceShape {
  readonly description: string;
  /** The letter of its zone. */
  readonly zone: string;
  readonly address: string;
  readonly securityGroups: readonly string[];
}

/** @throws if no group has the zone: each shape covers all zones of the lab */
export function nodeGroupOf({ nodeGroups, title }: AccountShape, zone: string): NodeGroupShape {
  const found = nodeGroups.find(({ zones }) => zones.includes(zone));
  if (found === undefined) throw new Error(`${title} has no node group for zone ${zone}`);
  return found;
}
