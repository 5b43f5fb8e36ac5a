/** What all exposures of a cluster have in common. A cloud's own type adds its network. */
export interface ClusterFacts {
  /** How the cloud's objects name the cluster, for example in the tag `kubernetes.io/cluster/<name>` on AWS. */
  readonly name: string;
  readonly nodes: readonly NodeFacts[];
}

export interface NodeFacts {
  readonly name: string;
  /** The last part of the node's providerID. */
  readonly instanceId: string;
  readonly zone: string;
  readonly address: string;
  readonly ready: boolean;
  /** They decide whether the node becomes a member; none if the source does not say. */
  readonly labels?: Readonly<Record<string, string>>;
}
