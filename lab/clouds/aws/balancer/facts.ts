/** The account, reduced to what a Network Load Balancer's data plane needs. The emulator's facts.py writes this plain data. */

export interface AwsFacts {
  readonly loadBalancers: readonly LoadBalancerFacts[];
  readonly targetGroups: readonly TargetGroupFacts[];
  readonly instances: readonly InstanceFacts[];
  readonly subnets: readonly SubnetFacts[];
  readonly securityGroups: readonly SecurityGroupFacts[];
  /** The CNAME records of all hosted zones of Route 53. */
  readonly records: readonly RecordFacts[];
}

export interface RecordFacts {
  /** With a final dot, as Route 53 keeps it. */
  readonly name: string;
  readonly target: string;
  readonly ttlSeconds: number;
  /** 0 to 255; 1 if it is the only record of its name. */
  readonly weight: number;
}

export interface LoadBalancerFacts {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly scheme: "internet-facing" | "internal";
  /** `provisioning` until the data plane reports the addresses. */
  readonly state: string;
  readonly zones: readonly { readonly zone: string; readonly subnetId: string }[];
  readonly securityGroups: readonly string[];
  readonly attributes: Attributes;
  readonly listeners: readonly ListenerFacts[];
}

export interface ListenerFacts {
  readonly arn: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetGroupArn: string;
  readonly attributes: Attributes;
  /** Of a TLS listener. */
  readonly tls?: TlsFacts;
}

export interface TlsFacts {
  /** The default one first, with the chains that clients get, all as PEM. */
  readonly certificates: readonly { readonly certificate: string; readonly key: string }[];
  /** Of the security policy: `TLSv1.2`. */
  readonly protocols: readonly string[];
  readonly ciphers: readonly string[];
  readonly alpnPolicy: string;
}

export interface TargetGroupFacts {
  readonly arn: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetType: string;
  readonly healthCheck: HealthCheckFacts;
  readonly attributes: Attributes;
  readonly targets: readonly TargetFacts[];
}

export interface HealthCheckFacts {
  readonly protocol: string;
  /** A port, or `traffic-port`: the port with which the target is registered. */
  readonly port: string;
  readonly path: string;
  /** HTTP codes of success, for example `200-399` or `200,204`. */
  readonly matcher: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export interface TargetFacts {
  readonly id: string;
  readonly port: number;
  /** Of an address: its zone, or `all`; null for an instance. */
  readonly zone: string | null;
  /** As in DescribeTargetHealth: initial, healthy, unhealthy, unhealthy.draining, unused, draining. */
  readonly state: string;
  readonly reason: string;
}

export interface InstanceFacts {
  readonly id: string;
  readonly address: string;
  /** Blocks of further addresses of its network interface, which pods have. */
  readonly prefixes: readonly string[];
  readonly zone: string;
  readonly securityGroups: readonly string[];
}

export interface SubnetFacts {
  readonly id: string;
  readonly cidr: string;
  readonly zone: string;
}

export interface SecurityGroupFacts {
  readonly id: string;
  readonly ingress: readonly RuleFacts[];
  readonly egress: readonly RuleFacts[];
}

/** One `IpPermission`: the peers (address blocks, other groups), protocol and ports of permitted traffic. */
export interface RuleFacts {
  /** tcp, udp, icmp, a protocol number, or -1 for all. */
  readonly protocol: string;
  /** First port, or ICMP type; -1 for all. */
  readonly fromPort: number;
  /** Last port, or ICMP code; -1 for all. */
  readonly toPort: number;
  /** Address blocks, also those of a prefix list. */
  readonly cidrs: readonly string[];
  readonly groups: readonly string[];
}

/** Attributes of a load balancer or target group by their keys. */
export type Attributes = Readonly<Record<string, string>>;
