/** Options of a load balancer itself: its addresses, name, protection and logs. */

/** Where AWS writes access logs. A Network Load Balancer writes them only for TLS listeners. */
export interface AccessLogs {
  /** Name of an S3 bucket in the load balancer's region. Unless `createBucket` is set, its policy must already allow `delivery.logs.amazonaws.com` to write. */
  readonly bucket: string;
  /**
   * A folder in the bucket, without a slash at its ends and without `AWSLogs`.
   * @default the bucket's root
   */
  readonly prefix?: string;
  /**
   * Whether the program makes the bucket, with the policy that AWS documents. The account is that of the program's credentials. The name is in use worldwide, and the bucket has to be empty
   * before it can be deleted. Several load balancers may write to one bucket: let one exposure make it, without a `prefix`.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html#access-logging-bucket-requirements
   *
   * S3 charges for the logs that it keeps: https://aws.amazon.com/s3/pricing/. Nothing deletes them by itself.
   * @default false: the bucket is there
   */
  readonly createBucket?: boolean;
}

/** Of the load balancer itself. */
export interface LoadBalancerOptions {
  /**
   * `dualstack` gives the load balancer IPv6 addresses besides its IPv4 ones; `loadBalancerSourceRanges` may then have IPv6 ranges, and without any, no IPv6 client is let in.
   * Its subnets need IPv6 ranges, and it has no UDP ports. The nodes keep IPv4: they see an IPv6 client as the load balancer's address. A `NodePortExposure` needs
   * `securityGroups` with it.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#ip-address-type
   *
   * IPv6 addresses cost nothing.
   * @default AWS's own: "ipv4"
   */
  readonly ipAddressType?: "ipv4" | "dualstack";
  /**
   * Allocation ids of Elastic IP addresses, one for each of `subnetIds`, in their order. An internet-facing load balancer then has these addresses. AWS sets them
   * only when it creates a load balancer.
   * @default AWS chooses the addresses
   */
  readonly eipAllocationIds?: readonly string[];
  /**
   * Private IPv4 addresses, one out of each of `subnetIds`, in their order. Only for an internal load balancer. AWS sets them only when it creates a load balancer.
   * @default AWS chooses the addresses
   */
  readonly privateIpv4Addresses?: readonly string[];
  /**
   * The load balancer's name on AWS: at most 32 letters, digits and inner hyphens, not beginning with `internal-`, unique in the region and account.
   * When a change replaces the load balancer, the old one is deleted first: two cannot have the name.
   * @default the component's name and seven random characters
   */
  readonly loadBalancerName?: string;
  /**
   * Whether AWS refuses to delete the load balancer. Switch it off before `pulumi destroy`, and before a change that replaces the load balancer.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /** @default none are written */
  readonly accessLogs?: AccessLogs;
  /**
   * The load balancer's security groups.
   *
   * - `"own"`: one that the program makes. It lets in to the listeners who may connect, and leads to the nodes alone.
   * - ids: groups that exist. Their rules say who may connect, so `loadBalancerSourceRanges` must be empty. They must let the load balancer out to the nodes.
   *
   * The nodes then let in the load balancer's group, the first one if several are given, and no range: one rule for each node port, whoever may connect, and no client
   * can go past the load balancer. Give a group that only load balancers have.
   *
   * AWS gives no group to a load balancer that was made without, and does not take the last one away: such a change replaces the load balancer and its DNS name.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
   *
   * A group costs nothing.
   * @default none; the AWS Load Balancer Controller makes its own
   */
  readonly securityGroups?: "own" | readonly string[];
  /**
   * Whether the rules of the load balancer's security groups count for clients that come by way of AWS PrivateLink. Only for a load balancer with security groups.
   * @default AWS's own: "on"
   */
  readonly enforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: "on" | "off";
}
