/** The options of an Octavia load balancer in front of the nodes, whoever makes it. */
import type { ExposureOptions, Workload } from "../core/exposure.ts";

/**
 * How the members are checked, and how many results count. A node port is checked by a TCP connection, a UDP one by Octavia's UDP-CONNECT, which calls a node healthy
 * unless it answers that the port is closed. https://docs.openstack.org/api-ref/load-balancer/v2/#create-health-monitor
 */
export interface HealthMonitor {
  /**
   * Seconds between two checks, at least 1; at least 3 with a UDP port (Octavia's `udp_connect_min_interval_health_monitor`).
   * @default 5
   */
  readonly delaySeconds?: number;
  /**
   * A check fails after this many seconds without an answer. Less than `delaySeconds`.
   * @default 3
   */
  readonly timeoutSeconds?: number;
  /**
   * Consecutive successes that make a member healthy, 1 to 10.
   * @default 1
   */
  readonly maxRetries?: number;
  /**
   * Consecutive failures that make a member unhealthy, 1 to 10.
   * @default 3
   */
  readonly maxRetriesDown?: number;
}

/** How a pool chooses a member for a connection. `SOURCE_IP_PORT` is left out: only the provider ovn has it. */
export type LoadBalancingMethod = "ROUND_ROBIN" | "LEAST_CONNECTIONS" | "SOURCE_IP";

/**
 * How pods learn the client's address, which a load balancer of Octavia's amphorae hides: it is a proxy, and connects to the nodes from its own address.
 * `PROXY` and `PROXYV2` begin each connection with a header of the proxy protocol, which the app must expect. `X-Forwarded-For` adds that header to each HTTP request,
 * so it makes every listener an HTTP one.
 */
export type ClientAddress = "PROXY" | "PROXYV2" | "X-Forwarded-For";

/** In milliseconds, 0 to 2073600000. */
export interface Timeouts {
  /**
   * Without data from the client.
   * @default 50000
   */
  readonly clientDataMilliseconds?: number;
  /**
   * To connect to a member.
   * @default 5000
   */
  readonly memberConnectMilliseconds?: number;
  /**
   * Without data from the member.
   * @default 50000
   */
  readonly memberDataMilliseconds?: number;
  /**
   * To wait for further TCP packets for inspection.
   * @default 0
   */
  readonly tcpInspectMilliseconds?: number;
}

/**
 * Describes an Octavia load balancer in front of the nodes, whoever makes it. TLS that ends at the load balancer, with certificates in Barbican, is left out: TLS passes
 * through to the pods.
 *
 * `loadBalancerSourceRanges` are the listeners' allowed CIDRs. `scheme: "internal"` means no floating IP.
 */
export interface OctaviaOptions extends ExposureOptions {
  /**
   * The check of all ports, or `false` for none: then a lost node gets its share of the connections until its member is removed.
   * @default a check every 5 seconds; see the fields
   */
  readonly healthMonitor?: HealthMonitor | false;
  /** @default "ROUND_ROBIN" */
  readonly lbMethod?: LoadBalancingMethod;
  /**
   * Not with UDP ports.
   * @default pods see the load balancer's address
   */
  readonly clientAddress?: ClientAddress;
  /**
   * Connections of a listener at a time, at least 1; -1 is no limit.
   * @default -1
   */
  readonly connectionLimit?: number;
  /** Of the listeners. @default see the fields */
  readonly timeouts?: Timeouts;
  /**
   * Octavia's flavor, which decides the load balancer's size and whether it is one amphora or two. A change replaces the load balancer of a NodePort Service; that of
   * a LoadBalancer Service stays as it is.
   * @default the provider's own
   */
  readonly flavorId?: string;
  /**
   * Octavia's availability zone. A change as with `flavorId`.
   * @default the cloud's own
   */
  readonly availabilityZone?: string;
  /**
   * Whether the floating IP stays when the exposure is deleted. What stays is paid for, and nothing removes it by itself.
   * @default false
   */
  readonly keepFloatingIp?: boolean;
  /**
   * Octavia's provider driver. `ovn` is not possible: it cannot restrict who connects to a listener. A LoadBalancer Service cannot set it: the controller's `lb-provider`
   * decides for all Services.
   * @default "amphora"
   */
  readonly loadbalancerProvider?: string;
  /**
   * Tags of the load balancer, beside those of a controller. A LoadBalancer Service cannot set them.
   * @default none
   */
  readonly tags?: readonly string[];
}

/** How an app is exposed by an Octavia load balancer. */
export interface OctaviaExposureArgs extends OctaviaOptions, Workload {}
