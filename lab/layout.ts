/**
 * The lab's map: the nodes' network, the nodes, and the addresses outside. Data only.
 *
 * Public addresses come from ranges reserved for documentation (RFC 5737) and benchmarks (RFC 2544): nobody can mistake them for real hosts.
 */

/** The cluster's name, by which cloud controllers mark what they make. */
export const clusterName = "dev";

/** Services' cluster IPs: the range that EKS uses for a VPC in 10.0.0.0/8. */
export const serviceCidr = "172.20.0.0/16";

/** The Service that pods ask for names: the tenth address of the range, by custom. */
export const clusterDnsAddress = serviceCidr.replace(/\.0\/\d+$/, ".10");
export const clusterDomain = "cluster.local";

/** The private network that the nodes are in: a VPC on AWS. */
export const nodeNetwork = {
  cidr: "10.0.0.0/16",
  /** The resolver: the network's base address plus two, as in a VPC. https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
  resolver: "10.0.0.2",
  /** Where nodes and pods reach the API server. */
  apiServer: "10.0.0.3",
  /** Where the cluster's DNS serves, behind its Service. */
  clusterDns: "10.0.0.4",
} as const;

/** One node, in the subnet of its zone. */
export interface NodeLayout {
  readonly name: string;
  /** The letter of its zone, from which each cloud makes the zone's name. */
  readonly zone: string;
  readonly subnetCidr: string;
  readonly address: string;
  /**
   * Its pods' addresses, out of its subnet: the AWS VPC CNI gives pods addresses of the node's network interface. They are eight prefixes of 16; the kubelet
   * runs at most 110 pods. https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html
   */
  readonly podCidr: string;
}

export const nodes: readonly NodeLayout[] = [
  {
    name: "node-a",
    zone: "a",
    subnetCidr: "10.0.0.0/20",
    address: "10.0.0.10",
    podCidr: "10.0.1.0/25",
  },
  {
    name: "node-b",
    zone: "b",
    subnetCidr: "10.0.16.0/20",
    address: "10.0.16.10",
    podCidr: "10.0.17.0/25",
  },
  {
    name: "node-c",
    zone: "c",
    subnetCidr: "10.0.32.0/20",
    address: "10.0.32.10",
    podCidr: "10.0.33.0/25",
  },
];

/** Nodes that join a running cluster on request, each the second in its subnet. */
export const spareNodes: readonly NodeLayout[] = [
  {
    name: "node-d",
    zone: "a",
    subnetCidr: "10.0.0.0/20",
    address: "10.0.0.11",
    podCidr: "10.0.2.0/25",
  },
];

/** The lab's internet. */
export const internet = {
  /** Public addresses of load balancers, one in each zone. RFC 5737's ranges would suffice for 84 load balancers; a bench needs the larger range of RFC 2544. */
  loadBalancerCidr: "198.18.0.0/15",
  /** The client outside the nodes' network. */
  client: "198.51.100.10",
  /** The router's side of the client's link. */
  gateway: "198.51.100.1",
} as const;
