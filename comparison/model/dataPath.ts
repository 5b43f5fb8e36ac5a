/** What the nodes do with the traffic of a Service. */

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
