import type { ExposureOptions, ServicePort, Workload } from "../core/exposure.ts";
import type { LoadBalancerOptions } from "./loadBalancerOptions.ts";
import type { Quotas } from "./quotas.ts";
import type { Tls } from "./tls.ts";
import type { SourceOptions } from "./sourceOptions.ts";
import type { TargetOptions } from "./targetType.ts";
import type { TrafficOptions } from "./trafficOptions.ts";
import type { AlarmOptions } from "./unhealthyHostCountAlarm.ts";

/** How often a target is checked, and how many results count. Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
export interface HealthCheckTiming {
  /**
   * Seconds between two checks, 5 to 300.
   * @default 30; 10 with `externalTrafficPolicy: Local`
   */
  readonly intervalSeconds?: number;
  /**
   * A check fails after this many seconds without an answer, 2 to 120, at most `intervalSeconds`.
   * A LoadBalancer Service cannot set it: the AWS cloud controller manager never sends it.
   * @default AWS's own: 10 for TCP and HTTPS, 6 for HTTP, but at most `intervalSeconds`
   */
  readonly timeoutSeconds?: number;
  /**
   * Consecutive successes that make a target healthy, 2 to 10.
   * @default 3; 2 with `externalTrafficPolicy: Local`
   */
  readonly healthyThresholdCount?: number;
  /**
   * Consecutive failures that make a target unhealthy, 2 to 10.
   * @default 3; 2 with `externalTrafficPolicy: Local`
   */
  readonly unhealthyThresholdCount?: number;
}

/** Where a check is sent. */
export interface HealthCheckTarget {
  /**
   * `traffic-port` (the node port itself) or a port number on the nodes. UDP ports answer no check, so they need a number,
   * for example kube-proxy's 10256 with `HTTP` and `/healthz`.
   * @default "traffic-port"; a LoadBalancer Service with `externalTrafficPolicy: Local` uses its `healthCheckNodePort`
   */
  readonly port?: "traffic-port" | number;
}

/** A health check that opens a connection. */
export interface TcpHealthCheck extends HealthCheckTiming, HealthCheckTarget {
  /** @default "TCP"; "HTTP" for a LoadBalancer Service with `externalTrafficPolicy: Local` */
  readonly protocol?: "TCP";
  /** A connection asks for no page. */
  readonly path?: never;
  /** A connection has no status code. */
  readonly matcher?: never;
}

/** A health check that requests a page. */
export interface HttpHealthCheck extends HealthCheckTiming, HealthCheckTarget {
  /** `HTTPS` encrypts the request. */
  readonly protocol: "HTTP" | "HTTPS";
  /**
   * Starts with a slash.
   * @default "/"; "/healthz" for a LoadBalancer Service with `externalTrafficPolicy: Local`
   */
  readonly path?: string;
  /**
   * Status codes of success: single ones, lists and ranges, such as `200,302` or `200-399`.
   * @default "200-399"
   */
  readonly matcher?: string;
}

/** How the load balancer checks a target. */
export type HealthCheck = TcpHealthCheck | HttpHealthCheck;

/**
 * Describes a Network Load Balancer in front of the nodes, whoever makes it.
 *
 * AWS cannot change `scheme`: a change replaces the load balancer and its DNS name. The load balancer of an existing LoadBalancer Service
 * stays as it is.
 */
export interface NetworkLoadBalancerOptions
  extends ExposureOptions, TrafficOptions, LoadBalancerOptions, SourceOptions, TargetOptions, AlarmOptions {
  /**
   * Subnets of the load balancer, one per zone.
   * @default one in each zone of the cluster's VPC, chosen by the tags that Kubernetes documents for load balancers
   */
  readonly subnetIds?: readonly string[];
  /**
   * The check of all ports that have none of their own.
   * @default a TCP connection to the node port; see the fields
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Tags of the load balancer, its listeners, target groups and alarms, in addition to those of the provider or the controller. AWS allows 50
   * per object. A LoadBalancer Service sets them once: the AWS cloud controller manager reads them only when it makes a load balancer, and
   * changes none later.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Quotas that AWS has raised for the account. What would exceed a quota is refused before AWS refuses it halfway.
   * @default AWS's own: 500 targets per zone or across zones, 3000 per load balancer, 1000 per target group, 60 rules per security group
   */
  readonly quotas?: Partial<Quotas>;
}

/** A port of the Service, the listener and the target group. */
export interface NetworkLoadBalancerPort extends ServicePort {
  /**
   * The check of this port's target group, instead of the exposure's. A LoadBalancer Service has one check for all ports, so there all ports
   * must have the same.
   * @default the exposure's `healthCheck`
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Ends TLS at the listener. A LoadBalancer Service has the same for all its TLS ports.
   * @default none: TLS passes through to the pods
   */
  readonly tls?: Tls;
}

/** How an app is exposed by a Network Load Balancer. */
export interface NetworkLoadBalancerExposureArgs extends NetworkLoadBalancerOptions, Workload {
  /** From 1 to 50 (AWS's limit of listeners). */
  readonly ports: readonly NetworkLoadBalancerPort[];
}
