/** The network of a cluster's nodes. OpenStack's objects do not tell which cluster they belong to, so the program names them. */
import type { InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { getNetwork } from "@pulumi/openstack/networking/getNetwork.js";
import { getPort } from "@pulumi/openstack/networking/getPort.js";
import { getPortIds } from "@pulumi/openstack/networking/getPortIds.js";
import { getSubnet } from "@pulumi/openstack/networking/getSubnet.js";
import { covers } from "../core/sourceRanges.ts";

/** A node, as a pool's member. */
export interface NodeAddress {
  /** Names the member: the node's own name, or that of its port in Neutron. Several may have one. */
  readonly name: string;
  /** IPv4, in the nodes' subnet. No two are alike. */
  readonly address: string;
}

/** The network that floating IPs come from. */
export interface FloatingNetwork {
  /** By which the controller's settings name it. */
  readonly id: string;
  /** By which Neutron's floating IPs name it as their pool. */
  readonly name: string;
}

/** Where the nodes are. */
export interface ClusterNetwork {
  /** The nodes' subnet, in which the load balancer has its address. */
  readonly subnetId: string;
  /** Its range. The load balancer's address, by which it connects to the nodes, is in it. */
  readonly subnetCidr: string;
  /** The security group of the nodes' ports. Rules for the node ports are added to it. */
  readonly nodeSecurityGroupId: string;
  /** Each is a member of every pool. */
  readonly nodes: readonly NodeAddress[];
  /** @default none: then load balancers can only be internal */
  readonly floatingNetwork?: FloatingNetwork;
}

/** By what the network is found. */
export interface KnownNetwork {
  /** Id of the nodes' subnet. */
  readonly subnetId: string;
  /**
   * Id of the security group that every node's port has, and nothing else. Neutron knows no labels: a node that is to be no member, such as one with the label
   * `node.kubernetes.io/exclude-from-external-load-balancers`, must not have it.
   */
  readonly nodeSecurityGroupId: string;
  /** Id of the external network. @default none */
  readonly floatingNetworkId?: string;
}

/**
 * Finds the network of a cluster: the nodes are the ports in the subnet that have the nodes' security group. Nodes that come later are found by the next update.
 *
 * @throws RunError if no port has the security group
 */
export async function findClusterNetwork(
  { subnetId, nodeSecurityGroupId, floatingNetworkId }: KnownNetwork,
  opts?: InvokeOptions,
): Promise<ClusterNetwork> {
  const [subnet, external] = await Promise.all([
    getSubnet({ subnetId }, opts),
    floatingNetworkId === undefined ? undefined : getNetwork({ networkId: floatingNetworkId }, opts),
  ]);
  const { ids } = await getPortIds(
    {
      networkId: subnet.networkId,
      securityGroupIds: [nodeSecurityGroupId],
      sortKey: "id",
      sortDirection: "asc",
    },
    opts,
  );
  const ports = await Promise.all(ids.map((portId) => getPort({ portId }, opts)));
  const nodes = ports
    .flatMap(({ name = "", id, allFixedIps }) => {
      const address = allFixedIps.find((each) => covers([subnet.cidr], `${each}/32`));
      return address === undefined ? [] : [{ name: name === "" ? id : name, address }];
    })
    .sort((one, other) => one.name.localeCompare(other.name));
  if (nodes.length === 0)
    throw new RunError(
      `No port in the subnet ${subnetId} (${subnet.cidr}) has the security group ${nodeSecurityGroupId}, so the cluster has no nodes there. Name the subnet and the security group of the nodes' ports.`,
    );
  return {
    subnetId,
    subnetCidr: subnet.cidr,
    nodeSecurityGroupId,
    nodes,
    ...(floatingNetworkId === undefined
      ? {}
      : { floatingNetwork: { id: floatingNetworkId, name: external?.name ?? "" } }),
  };
}
