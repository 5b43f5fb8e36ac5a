import type { Input, Output } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { Addresses } from "./address.ts";

/** Transport protocols of a port. */
export type Protocol = "TCP" | "UDP";

/**
 * One port of the Service. The load balancer listens on the same number.
 * Terms: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export interface ServicePort {
  /** Name, unique in the Service: a DNS label of at most 15 characters. Child resources are named after it. */
  readonly name: string;
  /** Port of the Service and of the load balancer's listener, 1 to 65535, unique for its protocol. TCP and UDP may have the same. */
  readonly port: number;
  /**
   * Port of the pods: a number or the name of a container port.
   * @default the value of `port`
   */
  readonly targetPort?: number | string;
  /** @default "TCP" */
  readonly protocol?: Protocol;
  /**
   * Application protocol, such as `http`. It only sets the scheme of the exposure's URL.
   * @default none; the URL's scheme is then `tcp` or `udp`
   */
  readonly appProtocol?: string;
  /**
   * Port on every node, 30000 to 32767, unique in the cluster. TCP and UDP with the same `port` have the same node port.
   * @default that of the other protocol with the same `port`, or else Kubernetes allocates one
   */
  readonly nodePort?: number;
}

/** An `internet-facing` load balancer has public addresses, an `internal` one has private addresses. */
export type Scheme = "internet-facing" | "internal";

/**
 * `Cluster`: every node accepts traffic and may pass it to another node. `Local`: only nodes with a ready pod accept traffic, and
 * pods see the client's address.
 */
export type ExternalTrafficPolicy = "Cluster" | "Local";

/** Whether requests of one client address go to one pod. */
export type SessionAffinity = "None" | "ClientIP";

/** Which endpoints kube-proxy prefers. `PreferClose` is the deprecated name of `PreferSameZone`. https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution */
export type TrafficDistribution = "PreferSameZone" | "PreferSameNode" | "PreferClose";

/**
 * The options that every cloud has. A cloud adds its own, such as `NetworkLoadBalancerOptions` on AWS.
 *
 * They are plain values, not Pulumi inputs: they decide which resources and annotations there are, and are checked before
 * anything is declared.
 */
export interface ExposureOptions {
  /**
   * IPv4 ranges in CIDR notation, of a load balancer with IPv6 addresses also IPv6 ones, from which clients may connect. Required: an app is open to the internet only if you write
   * `0.0.0.0/0`.
   */
  readonly loadBalancerSourceRanges: readonly string[];
  /** @default "internet-facing" */
  readonly scheme?: Scheme;
  /**
   * With `Local`, the two ways differ in how the load balancer finds nodes without pods. A LoadBalancer Service has a
   * `healthCheckNodePort`, where kube-proxy answers 503 as soon as the node's last pod starts to terminate. A NodePort Service has
   * none: the health check connects to the node port, which kube-proxy drops on a node without pods. It finds such a node as well,
   * but only after the last pod has ended. `healthCheckNodePort` gives both the same.
   * https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
   * @default "Cluster"
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
  /**
   * Only with `externalTrafficPolicy: Local`: the port on every node, 30000 to 32767 and unique in the cluster, where kube-proxy tells whether the node has a ready pod. Choose
   * one below 30086, where Kubernetes allocates none by itself. A LoadBalancer Service has such a port of its own. For a NodePort Service a second Service gets it, which
   * takes no traffic and has no load balancer, and the health check goes there: a node whose last pod begins to end is taken out before the pod has ended.
   * https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions
   *
   * The second Service costs nothing.
   * @default Kubernetes allocates it for a LoadBalancer Service; a NodePort Service has none
   */
  readonly healthCheckNodePort?: number;
  /**
   * With `ClientIP`, kube-proxy sends a client address to the same pod for three hours. It sees the client's address only if the load
   * balancer keeps it. Some clouds' controllers refuse it for a LoadBalancer Service.
   * https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity
   * @default "None"
   */
  readonly sessionAffinity?: SessionAffinity;
  /**
   * Prefers endpoints in the zone or on the node where the traffic arrives, and takes others if there are none.
   * @default no preference
   */
  readonly trafficDistribution?: TrafficDistribution;
}

/** Which pods are exposed, and on which ports. */
export interface Workload {
  /** Namespace of the pods and of the Service. */
  readonly namespace: Input<string>;
  /** Labels of the pods. */
  readonly selector: Input<Record<string, Input<string>>>;
  /** At least one. */
  readonly ports: readonly ServicePort[];
}

/** Both ways take the same arguments, so you can exchange one for the other. */
export interface ExposureArgs extends ExposureOptions, Workload {}

/** What both ways offer once they exist. In a first preview everything but the namespace is unknown. */
export interface Exposure {
  /** The load balancer's host name or IP addresses. */
  readonly addresses: Output<Addresses>;
  /** URL of the first port, for example `http://<host name>`. Its scheme is the port's `appProtocol`. */
  readonly url: Output<string>;
  /** In front of the pods: of type NodePort or LoadBalancer. */
  readonly service: Service;
  /** Node ports by the port's name; none if the Service reserves none. */
  readonly nodePorts: Output<Record<string, number>>;
}
