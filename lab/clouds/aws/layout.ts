/** The AWS side of the lab's map: region, zones, account, and where the API listens. Data only. */
import { clusterName, internet } from "../../layout.ts";
import type { NodeLayout } from "../../layout.ts";

/** The AWS region that the lab imitates. */
export const region = "us-west-2";

/** The AWS account id that the emulator answers with. */
export const accountId = "123456789012";

/** The Auto Scaling group of the nodes' instances. */
export const autoscalingGroupName = `eks-${clusterName}-nodes`;

/** Address ranges of the public subnets, by the letters of their zones, in accounts whose nodes are in private ones. */
export const publicSubnetCidrs: Readonly<Record<string, string>> = {
  a: "10.0.48.0/22",
  b: "10.0.52.0/22",
  c: "10.0.56.0/22",
};

/** The account's public hosted zone of Route 53. The lab's resolver is the only one that answers for it. */
export const hostedZoneName = "lab.example";

/** The Availability Zone that a node is in. */
export const zoneOf = ({ zone }: Pick<NodeLayout, "zone">): string => `${region}${zone}`;

/** Where the emulated AWS API (EC2, ELBv2, Auto Scaling, Route 53) listens inside the lab. */
export const awsAddress = { host: "127.0.0.1", port: 4566 } as const;

/** The AWS API for processes in the router's network namespace. */
export const awsEndpoint = `http://${awsAddress.host}:${awsAddress.port}`;

/** The AWS API for the client outside the VPC: on AWS, too, it is a public service. */
export const awsEndpointFromOutside = `http://${internet.gateway}:${awsAddress.port}`;

/** The file in the lab's state directory that keeps the load balancers' addresses, and that DNS answers from. */
export const balancerStateFile = "nlb.json";
