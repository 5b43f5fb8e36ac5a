/** How nodes handle a Service's traffic. */

/** How one node handles a Service's traffic at one entrance. */
export interface EntranceFacts {
  /** Where the traffic enters: at the cluster IP, at a node port, at an address of the load balancer, or at an external IP. */
  readonly kind: "cluster IP" | "node port" | "load balancer address" | "external IP";
  /** Undefined for a node port, which is open on all addresses of a node. */
  readonly address?: string;
  readonly protocol: string;
  readonly port: number;
  /** Addresses and ports of pods, such as `10.244.1.7:8080`. */
  readonly endpoints: readonly string[];
  /** Endpoints for traffic from this cluster's pods and from the node itself: with `externalTrafficPolicy: Local` also to other nodes' pods. */
  readonly endpointsFromInside?: { readonly pods: readonly string[]; readonly node: readonly string[] };
  /** For which traffic the node replaces the client's address with its own: all, traffic from outside the pods' network, the node's own, or none. */
  readonly masquerade: "always" | "from outside the cluster" | "from the node itself" | "never";
  /** Source ranges that may enter; an empty list admits all. */
  readonly sourceRanges: readonly string[];
  /** How long a returning client keeps its endpoint. */
  readonly sessionAffinitySeconds?: number;
  /** What happens to traffic that has no endpoint; the rules say it only while there is such traffic. */
  readonly withoutEndpoints?: "dropped" | "refused";
  /** Rules on the path that kube-proxy did not write, or that are missing. The other facts ignore them. */
  readonly deviations?: readonly string[];
}

export interface DataPathFacts {
  readonly node: string;
  /** kube-proxy's mode, such as `nftables`. */
  readonly mode: string;
  readonly entrances: readonly EntranceFacts[];
}
