/** What programs in other languages pass to the components. Where it differs from what a TypeScript program passes, the reason is said. */
import type { ClusterNetwork, KnownNetwork } from "../clusterNetwork.ts";
import type { NodePortExposureArgs } from "../nodePortExposure.ts";

/** A cluster whose network is looked up by its tags, as `findClusterNetwork` does. */
export interface Cluster extends KnownNetwork {
  /** Its name, as in the tag `kubernetes.io/cluster/<name>`. */
  readonly name: string;
}

/** Without `loadBalancer`: a load balancer that others join exists in the program that made it, and cannot be passed to another process. */
export interface NodePortExposureInputs extends Omit<NodePortExposureArgs, "network" | "loadBalancer"> {
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
