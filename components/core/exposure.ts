import type { Input, Output } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { Quotas } from "../aws/quotas.ts";

/** Transport protocols that both a Service and a Network Load Balancer carry here. */
export type Protocol = "TCP" | "UDP";

/**
 * One port of the Service and, on the same number, one listener of the load balancer.
 * Terms: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export interface ServicePort {
  /** Name, unique in the Service: a DNS label of at most 15 characters. Child resources are named by it. */
  readonly name: string;
  /** Port of the Service and of the load balancer's listener, 1 to 65535, unique. */
  readonly port: number;
  /**
   * Port of the pods: a number or the name of a container port.
   * @default the value of `port`
   */
  readonly targetPort?: number | string;
  /** @default "TCP" */
  readonly protocol?: Protocol;
  /**
   * Application protocol, such as `http`. It becomes the scheme of the exposure's URL, and nothing else.
   * @default none; the URL's scheme is then `tcp` or `udp`
   */
  readonly appProtocol?: string;
  /**
   * Port on every node, 30000 to 32767, unique in the cluster.
   * @default Kubernetes allocates one
   */
  readonly nodePort?: number;
}

/** How often a target is checked, and how many results count. Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
export interface HealthCheckTiming {
  /**
   * Seconds between two checks, 5 to 300.
   * @default 30; with `externalTrafficPolicy: Local` 10
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds without an answer after which a check has failed, 2 to 120, at most `intervalSeconds`.
   * A LoadBalancer Service cannot set it: the cloud controller never sends it.
   * @default AWS's own: 10 for TCP and HTTPS, 6 for HTTP, but never more than `intervalSeconds`
   */
  readonly timeoutSeconds?: number;
  /**
   * Successes in a row that make a target healthy, 2 to 10.
   * @default 3; with `externalTrafficPolicy: Local` 2
   */
  readonly healthyThresholdCount?: number;
  /**
   * Failures in a row that make a target unhealthy, 2 to 10.
   * @default 3; with `externalTrafficPolicy: Local` 2
   */
  readonly unhealthyThresholdCount?: number;
}

/** Where a check is sent. */
export interface HealthCheckTarget {
  /**
   * `traffic-port` (the node port itself) or a port number on the nodes. UDP ports answer no check, so they need a number,
   * for example kube-proxy's 10256 with `HTTP` and `/healthz`.
   * @default "traffic-port"; a LoadBalancer Service with `externalTrafficPolicy: Local` has a `healthCheckNodePort` instead
   */
  readonly port?: "traffic-port" | number;
}

/** A health check that opens a connection. */
export interface TcpHealthCheck extends HealthCheckTiming, HealthCheckTarget {
  /** @default "TCP"; a LoadBalancer Service with `externalTrafficPolicy: Local` is checked by "HTTP" */
  readonly protocol?: "TCP";
  readonly path?: never;
}

/** A health check that asks for a page and wants a status from 200 to 399. */
export interface HttpHealthCheck extends HealthCheckTiming, HealthCheckTarget {
  readonly protocol: "HTTP" | "HTTPS";
  /**
   * Begins with a slash.
   * @default "/"; a LoadBalancer Service with `externalTrafficPolicy: Local` uses "/healthz"
   */
  readonly path?: string;
}

export type HealthCheck = TcpHealthCheck | HttpHealthCheck;

/**
 * `internet-facing` has public addresses, `internal` private ones. AWS cannot change it: a change replaces the load balancer, and so its DNS name; that of a LoadBalancer
 * Service stays as it is.
 */
export type Scheme = "internet-facing" | "internal";

/**
 * What describes a Network Load Balancer in front of the nodes, whoever makes it.
 *
 * These are plain values, not Pulumi inputs: they decide which resources and annotations there are, and are checked before
 * anything is declared.
 */
export interface LoadBalancerOptions {
  /**
   * IPv4 ranges in CIDR notation from which clients may connect. Required, because nobody should open an app to the internet
   * without having written `0.0.0.0/0`.
   */
  readonly loadBalancerSourceRanges: readonly string[];
  /** @default "internet-facing" */
  readonly scheme?: Scheme;
  /**
   * Subnets of the load balancer, one a zone.
   * @default one in each zone of the cluster's VPC, chosen by the tags that Kubernetes documents for load balancers
   */
  readonly subnetIds?: readonly string[];
  /**
   * Whether a zone's address also uses targets in other zones. AWS bills traffic between zones.
   * @default false
   */
  readonly crossZoneLoadBalancing?: boolean;
  /** @default a TCP connection to the node port; see the fields */
  readonly healthCheck?: HealthCheck;
  /**
   * Whether targets see the client's address. Cannot be switched off for UDP. While it is on, a pod that reaches itself through
   * the load balancer times out.
   * @default true
   */
  readonly preserveClientIp?: boolean;
  /**
   * Seconds that a deregistered target keeps its connections, 0 to 3600. A LoadBalancer Service cannot set it: the cloud
   * controller refuses every target group attribute but client IP preservation and proxy protocol.
   * @default 300, AWS's own
   */
  readonly deregistrationDelaySeconds?: number;
  /**
   * What the account has been granted above AWS's default quotas. What would exceed them is refused before AWS refuses it half way.
   * @default AWS's own: 500 targets a zone or across zones, 3000 a load balancer, 1000 a target group, 60 rules a security group
   */
  readonly quotas?: Partial<Quotas>;
}

/**
 * `Cluster`: every node takes traffic and may pass it on. `Local`: only nodes with a ready pod take it, and pods see the
 * client's address.
 */
export type ExternalTrafficPolicy = "Cluster" | "Local";

/** How an app is exposed. */
export interface ExposureOptions extends LoadBalancerOptions {
  /**
   * With `Local`, the ways differ in one point. Only a LoadBalancer Service has a `healthCheckNodePort`, where kube-proxy answers
   * 503 as soon as the node's last pod is terminating. In front of a NodePort Service the check opens a connection to the
   * node port, which kube-proxy drops on a node without pods: such a node is found out too, but only when its last pod has
   * ended, not when it begins to.
   * https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
   * @default "Cluster"
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
}

/** An app's exposure: which pods, on which ports, to whom. Both ways take the same, so that they can be exchanged. */
export interface ExposureArgs extends ExposureOptions {
  /** Namespace of the pods, and so of the Service. */
  readonly namespace: Input<string>;
  /** Labels of the pods. */
  readonly selector: Input<Record<string, Input<string>>>;
  /** At least one, at most 50 (AWS's limit of listeners). */
  readonly ports: readonly ServicePort[];
}

/** What both ways offer once they are there. Everything but the namespace is unknown while a first preview runs. */
export interface Exposure {
  /** DNS name of the load balancer. */
  readonly hostname: Output<string>;
  /** Address of the first port, by `appProtocol`; for example `http://<hostname>`. */
  readonly url: Output<string>;
  /** The Service. */
  readonly service: Service;
  /** Node ports by the port's name. */
  readonly nodePorts: Output<Record<string, number>>;
}
