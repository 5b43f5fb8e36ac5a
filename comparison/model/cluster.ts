/** The cluster that both exposures share. */

/** What all exposures of a cluster have in common. */
export interface ClusterFacts {
  /** The cluster's id in `kubernetes.io/cluster/<id>` tags. */
  readonly name: string;
  readonly vpc: string;
  readonly nodes: readonly NodeFacts[];
  readonly nodeSecurityGroups: readonly string[];
  /** Where the cloud controller may put load balancers. */
  readonly subnets: readonly SubnetFacts[];
}

export interface NodeFacts {
  readonly name: string;
  readonly instanceId: string;
  readonly zone: string;
  readonly address: string;
  readonly ready: boolean;
  /** By which a node is chosen as a target, or excluded; none if the source does not say. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SubnetFacts {
  readonly id: string;
  readonly zone: string;
  readonly cidr: string;
  /** Whether it has a route to an internet gateway. */
  readonly public: boolean;
  readonly tags: Readonly<Record<string, string>>;
}
