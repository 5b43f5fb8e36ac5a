/** Facts that all exposures of a cluster share. A cloud's own type adds its network. */
export interface ClusterFacts {
  /** The cluster's name on the cloud's objects, for example in the tag `kubernetes.io/cluster/<name>` on AWS. */
  readonly name: string;
  readonly nodes: readonly NodeFacts[];
  /** The API server's, such as `v1.35.4`. Undefined if the source does not give it. */
  readonly kubernetesVersion?: string;
}

export interface NodeFacts {
  readonly name: string;
  /** The last part of the node's providerID. */
  readonly instanceId: string;
  readonly zone: string;
  readonly address: string;
  readonly ready: boolean;
  /** Such as `v1.35.4`. Undefined if the source does not give it. */
  readonly kubeletVersion?: string;
  /** They decide whether the node becomes a member. Undefined if the source does not give them. */
  readonly labels?: Readonly<Record<string, string>>;
}
