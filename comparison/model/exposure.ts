/**
 * What there is of one exposure: its Service, its load balancer, the rules that let traffic in, its name and its path through the nodes.
 * One model for both ways, whoever made the objects and wherever the facts come from. Terms are those of the Kubernetes, ELBv2 and EC2 APIs.
 */

/**
 * Who made an object, and therefore changes and deletes it.
 * `program`: declared in a Pulumi program, in whose state it is. `cloud controller`: the AWS cloud controller manager, of a Service.
 * `kubernetes`: the control plane itself. `other`: none of these, as far as the sources tell.
 */
export type Owner = "program" | "cloud controller" | "kubernetes" | "other";

/** Stands for what only an update, or the cloud, can know: in a plan and in a prediction. */
export const later = "known after the update";
export type Later = typeof later;

/** How people and APIs call an object: each has its own, so a difference means nothing. */
export interface Identity {
  readonly name: string;
  /** A uid, an ARN, an id of EC2; in a plan the URN. */
  readonly id: string;
}

/** The same for a port where kube-proxy answers health checks: which one is not known, but that it is none of the node ports. */
export const laterForHealthChecks = "known after the update, for health checks";

/** Port of a node that Kubernetes may still have to allocate. */
export type NodePort = number | Later | typeof laterForHealthChecks;

export interface ServicePortFacts {
  readonly name: string;
  readonly protocol: string;
  readonly appProtocol?: string;
  readonly port: number;
  readonly targetPort: number | string;
  /** None if the Service reserves none. */
  readonly nodePort?: NodePort;
}

export interface EndpointFacts {
  readonly pod: Identity;
  readonly address: string;
  /** Where each of the Service's ports leads on the pod, such as `http: 8080/TCP`. */
  readonly ports: readonly string[];
  readonly node: string;
  readonly zone?: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ */
export interface ServiceFacts {
  readonly identity: Identity;
  readonly namespace: string;
  readonly owner: Owner;
  readonly type: string;
  readonly loadBalancerClass?: string;
  readonly allocateLoadBalancerNodePorts?: boolean;
  readonly selector: Readonly<Record<string, string>>;
  readonly clusterIPs: readonly string[];
  readonly ipFamilies: readonly string[];
  readonly ipFamilyPolicy: string;
  readonly externalIPs: readonly string[];
  readonly ports: readonly ServicePortFacts[];
  readonly externalTrafficPolicy: string;
  readonly internalTrafficPolicy: string;
  readonly trafficDistribution?: string;
  readonly sessionAffinity: string;
  /** How long a client that came before gets to the same pod again; only with ClientIP. */
  readonly sessionAffinitySeconds?: number;
  readonly publishNotReadyAddresses: boolean;
  readonly loadBalancerSourceRanges: readonly string[];
  readonly healthCheckNodePort?: NodePort;
  /** `status.loadBalancer.ingress`: host names or addresses. */
  readonly ingress: readonly string[];
  readonly finalizers: readonly string[];
  /** Those for a load balancer's controller, by full name. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ZoneFacts {
  readonly zone: string;
  readonly subnet: string;
  /** Public ones of an internet-facing load balancer, private ones of an internal one. */
  readonly addresses: readonly string[];
}

export interface ListenerFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly protocol: string;
  readonly port: number;
  readonly sslPolicy?: string;
  readonly alpnPolicy: readonly string[];
  readonly certificates: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Ids of target groups, as in {@link TargetGroupFacts}. */
  readonly forwardsTo: readonly string[];
}

export interface HealthCheckFacts {
  readonly enabled: boolean;
  readonly protocol: string;
  /** `traffic-port` or a number. */
  readonly port: "traffic-port" | NodePort;
  /** Only of HTTP and HTTPS. */
  readonly path?: string;
  /** Status codes that count as healthy; only of HTTP and HTTPS. */
  readonly matcher?: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

export interface TargetFacts {
  /** An instance's id. */
  readonly id: string;
  readonly port: NodePort;
  readonly owner: Owner;
  readonly state: string;
  readonly reason?: string;
}

export interface TargetGroupFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly targetType: string;
  readonly protocol: string;
  readonly port: NodePort;
  readonly ipAddressType: string;
  readonly vpc: string;
  readonly healthCheck: HealthCheckFacts;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly targets: readonly TargetFacts[];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html */
export interface LoadBalancerFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly dnsName: string;
  readonly type: string;
  readonly state: string;
  readonly scheme: string;
  readonly ipAddressType: string;
  readonly vpc: string;
  readonly zones: readonly ZoneFacts[];
  readonly securityGroups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly listeners: readonly ListenerFacts[];
  readonly targetGroups: readonly TargetGroupFacts[];
}

/** One rule of a security group that lets traffic in. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
export interface RuleFacts {
  readonly identity: Identity;
  readonly owner: Owner;
  readonly securityGroup: string;
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly ipProtocol: string;
  /** For ICMP the type. */
  readonly fromPort: NodePort;
  /** For ICMP the code. */
  readonly toPort: NodePort;
  /** A CIDR range, a prefix list's or another security group's id. */
  readonly source: string;
}

export interface FirewallFacts {
  /** Rules of the nodes' security groups for this exposure's ports, and those that all load balancers share. */
  readonly nodes: readonly RuleFacts[];
  /** Rules of the load balancer's own security groups. */
  readonly loadBalancer: readonly RuleFacts[];
}

/** What one node does with the Service's traffic from one kind of entrance. */
export interface EntranceFacts {
  /** Where the traffic comes in: at the Service's cluster IP, at one of its node ports, or at an address of its load balancer or an external one. */
  readonly kind: "cluster IP" | "node port" | "load balancer address" | "external IP";
  /** None for a node port, which is open on all of a node's own addresses. */
  readonly address?: string;
  readonly protocol: string;
  readonly port: number;
  /** Addresses and ports of pods, such as `10.244.1.7:8080`. */
  readonly endpoints: readonly string[];
  /** Where pods of this cluster, and the node itself, get to instead: with `externalTrafficPolicy: Local` also to other nodes' pods. */
  readonly endpointsFromInside?: { readonly pods: readonly string[]; readonly node: readonly string[] };
  /** Whether the node puts its own address in the place of the client's: for all traffic, for what comes from outside the pods' network, for its own, or for none. */
  readonly masquerade: "always" | "from outside the cluster" | "from the node itself" | "never";
  /** Ranges from which traffic may come in; none means any. */
  readonly sourceRanges: readonly string[];
  /** How long a client that came before gets to the same endpoint again. */
  readonly sessionAffinitySeconds?: number;
  /** What happens to traffic that has no endpoint; the rules say it only while there is such traffic. */
  readonly withoutEndpoints?: "dropped" | "refused";
  /** Rules on the way that kube-proxy does not write, or that are missing; the facts above leave them out of account. */
  readonly deviations?: readonly string[];
}

export interface DataPathFacts {
  readonly node: string;
  /** How kube-proxy works there, such as `nftables`. */
  readonly mode: string;
  readonly entrances: readonly EntranceFacts[];
}

export interface NameFacts {
  readonly name: string;
  /** IPv4 addresses that the name has now. */
  readonly addresses: readonly string[];
}

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
