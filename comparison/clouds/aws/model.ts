/** The model of a load balancer, its firewall and its cluster on AWS, in the terms of the ELBv2 and EC2 APIs. */
import type { ClusterFacts } from "../../model/cluster.ts";
import type { CloudFacts, Exposure, Facts } from "../../model/exposure.ts";
import type { OpeningFacts } from "../../model/firewall.ts";
import type { NodePort } from "../../model/later.ts";
import type { ListenerFacts, LoadBalancerFacts, PoolFacts } from "../../model/loadBalancer.ts";

export interface ZoneFacts {
  readonly zone: string;
  readonly subnet: string;
  /** IPv4. Public if the load balancer is internet-facing, private if it is internal. */
  readonly addresses: readonly string[];
  /** Ids of the Elastic IP addresses that it was given. Undefined without any: AWS then chooses other addresses each time a load balancer is made. */
  readonly elasticAddresses?: readonly string[];
  /** Undefined unless the load balancer is dual-stack. */
  readonly ipv6Addresses?: readonly string[];
  /** From which UDP over IPv6 reaches the targets. Undefined unless the load balancer is dual-stack. */
  readonly sourceNatIpv6Prefixes?: readonly string[];
}

export interface NlbListenerFacts extends ListenerFacts {
  readonly sslPolicy?: string;
  readonly alpnPolicy: readonly string[];
  readonly certificates: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TargetGroupFacts extends PoolFacts {
  readonly targetType: string;
  readonly ipAddressType: string;
  readonly vpc: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html */
export interface NlbFacts extends LoadBalancerFacts {
  readonly type: string;
  readonly ipAddressType: string;
  readonly vpc: string;
  readonly zones: readonly ZoneFacts[];
  /**
   * `on` or `off`: whether each zone has a prefix for source NAT, without which a dual-stack load balancer has no UDP listeners. Undefined unless it is dual-stack.
   */
  readonly enablePrefixForIpv6SourceNat?: string;
  readonly securityGroups: readonly string[];
  /** `on` or `off`; undefined without security groups, where it means nothing. */
  readonly enforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly listeners: readonly NlbListenerFacts[];
  readonly pools: readonly TargetGroupFacts[];
}

/** A rule of a security group that lets traffic in. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
export interface RuleFacts extends OpeningFacts {
  readonly securityGroup: string;
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly ipProtocol: string;
  /** For ICMP the type. */
  readonly fromPort: NodePort;
  /** For ICMP the code. */
  readonly toPort: NodePort;
  /** A CIDR range, or the id of a prefix list or another security group. */
  readonly source: string;
}

export interface AwsClusterFacts extends ClusterFacts {
  readonly vpc: string;
  /** Groups of the nodes in which a controller writes its rules. */
  readonly nodeSecurityGroups: readonly string[];
  /** The security groups of each node, every combination once. Undefined if the source does not give them. */
  readonly securityGroupsOfNodes?: readonly (readonly string[])[];
  /**
   * By instance, those of its groups in which a controller can write its rules: the ones with the cluster's tag, and without any, all. Undefined if the source does
   * not give them.
   */
  readonly groupsByInstance?: Readonly<Record<string, readonly string[]>>;
  /** The inbound rules of each security group that nodes have. Undefined if the source does not give them. */
  readonly inboundRules?: Readonly<Record<string, RuleCount>>;
  /** The names, by id, of the security groups that the AWS Load Balancer Controller has made in the cluster. Undefined if the source does not give them. */
  readonly controllerGroups?: Readonly<Record<string, string>>;
  /**
   * Security groups that others made, and whose rules a judgement takes as they are. Undefined if the source does not tell: then a plan with such a group cannot say who may connect.
   */
  readonly givenSecurityGroups?: readonly string[];
  /** Subnets that a controller may use for load balancers. */
  readonly subnets: readonly SubnetFacts[];
}

/** As AWS counts rules towards the quota. */
export interface RuleCount {
  readonly count: number;
  /** Whether AWS may count more: a rule with a prefix list counts as the list's maximum size, which the rule does not tell. */
  readonly isLeast: boolean;
}

export interface SubnetFacts {
  readonly id: string;
  readonly zone: string;
  readonly cidr: string;
  /** Its IPv6 ranges. Undefined if the source does not give them. */
  readonly ipv6Cidrs?: readonly string[];
  /** Whether it has a route to an internet gateway. */
  readonly public: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Aws extends CloudFacts {
  readonly cluster: AwsClusterFacts;
  readonly loadBalancer: NlbFacts;
  readonly opening: RuleFacts;
}

export type AwsFacts = Facts<Aws>;
export type AwsExposure = Exposure<Aws>;
