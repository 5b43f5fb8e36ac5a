/**
 * The lab's map: the AWS region, the VPC, the nodes and the addresses outside it. Data only.
 *
 * Public addresses come from ranges that are kept for documentation (RFC 5737) and benchmarks (RFC 2544): nothing here can be mistaken for a real host.
 */

/** The AWS region that the lab imitates. */
export const region = "us-west-2";

/** The AWS account id that the emulator answers with. */
export const accountId = "123456789012";

/** The cluster's id: the value in `kubernetes.io/cluster/<id>` tags and `KubernetesClusterID` of the controller's cloud.conf. */
export const clusterName = "dev";

/** The Auto Scaling group that the nodes' instances are in. */
export const autoscalingGroupName = `eks-${clusterName}-nodes`;

/** Pods' addresses; each node has a /24 of it. */
export const podCidr = "10.244.0.0/16";

/** Services' cluster IPs: the range that EKS uses for a VPC in 10.0.0.0/8. */
export const serviceCidr = "172.20.0.0/16";

export const vpc = {
  cidr: "10.0.0.0/16",
  /** The VPC resolver: the VPC's base address plus two, as on AWS. https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
  resolver: "10.0.0.2",
  /** Where nodes and pods reach the API server. */
  apiServer: "10.0.0.3",
} as const;

/** One node, in the subnet of its zone. */
export interface NodeLayout {
  readonly name: string;
  readonly zone: string;
  readonly subnetCidr: string;
  readonly address: string;
  readonly podCidr: string;
}

export const nodes: readonly NodeLayout[] = [
  {
    name: "node-a",
    zone: "us-west-2a",
    subnetCidr: "10.0.0.0/20",
    address: "10.0.0.10",
    podCidr: "10.244.1.0/24",
  },
  {
    name: "node-b",
    zone: "us-west-2b",
    subnetCidr: "10.0.16.0/20",
    address: "10.0.16.10",
    podCidr: "10.244.2.0/24",
  },
  {
    name: "node-c",
    zone: "us-west-2c",
    subnetCidr: "10.0.32.0/20",
    address: "10.0.32.10",
    podCidr: "10.244.3.0/24",
  },
];

/** Nodes that join a running cluster on request, each a second one in its subnet. */
export const spareNodes: readonly NodeLayout[] = [
  {
    name: "node-d",
    zone: "us-west-2a",
    subnetCidr: "10.0.0.0/20",
    address: "10.0.0.11",
    podCidr: "10.244.4.0/24",
  },
];

/** The internet, as far as the lab has one. */
export const internet = {
  /**
   * Public addresses of internet-facing load balancers, one for each in each of its zones: RFC 5737's ranges would end at 84 of them. RFC 2544's range for
   * benchmarks is as little a real host's, and as large as a bench needs.
   */
  loadBalancerCidr: "198.18.0.0/15",
  /** The client outside the VPC. */
  client: "198.51.100.10",
  /** The router's side of the client's link. */
  gateway: "198.51.100.1",
} as const;

/** Where the emulated AWS API (EC2, ELBv2, Auto Scaling) listens inside the lab. */
export const awsPort = 4566;

/** The AWS API as parts beside it reach it. */
export const awsEndpoint = `http://127.0.0.1:${awsPort.toString()}`;

/** The AWS API as the client outside the VPC reaches it: on AWS, too, it is a public service. */
export const awsEndpointFromOutside = `http://${internet.gateway}:${awsPort.toString()}`;
