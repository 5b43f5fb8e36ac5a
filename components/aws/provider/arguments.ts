/** What programs in other languages pass to the components. Where it differs from what a TypeScript program passes, the reason is said. */
import type { Input } from "@pulumi/pulumi";
import type { Addresses } from "../../core/address.ts";
import type { ClusterNetwork, KnownNetwork } from "../clusterNetwork.ts";
import type { NetworkLoadBalancerArgs } from "../networkLoadBalancer.ts";
import type { NodePortExposureArgs } from "../nodePortExposure.ts";
import type { WeightedExposure, WeightedNameArgs } from "../weightedName.ts";

/** A cluster whose network is looked up by its tags, as `findClusterNetwork` does. */
export interface Cluster extends KnownNetwork {
  /** Its name, as in the tag `kubernetes.io/cluster/<name>`. */
  readonly name: string;
}

/** Where the nodes are, told in one of two ways. */
export interface OnCluster {
  /**
   * The cluster, whose network is then looked up. Set either this or `network`.
   * @default none: `network` is set
   */
  readonly cluster?: Cluster;
  /**
   * The cluster's network. Set either this or `cluster`.
   * @default looked up
   */
  readonly network?: ClusterNetwork;
}

/** Without `loadBalancer`: a load balancer that others join exists in the program that made it, and cannot be passed to another process. */
export interface NodePortExposureInputs
  extends OnCluster, Omit<NodePortExposureArgs, "network" | "loadBalancer"> {}

/** Without exposures that join it, for the same reason: its ports are its own. */
export interface NetworkLoadBalancerInputs extends OnCluster, Omit<NetworkLoadBalancerArgs, "network"> {}

/** Where a name leads, by addresses: a component cannot be passed to another process. */
export interface WeightedAddresses extends Pick<WeightedExposure, "weight"> {
  /** Those of an exposure, or the name of a load balancer. The name leads to the first. */
  readonly addresses: Input<Addresses>;
}

/** A name in Route 53, and the addresses that it leads to. */
export interface WeightedNameInputs extends Omit<WeightedNameArgs, "exposures"> {
  /** Where it leads, by the set identifiers of the records: any text that tells them apart. */
  readonly exposures: Readonly<Record<string, WeightedAddresses>>;
}
