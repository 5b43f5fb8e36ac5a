/** What Amazon EKS itself makes in an account, whatever tool asked for the cluster. */
import { clusterName } from "../../../../layout.ts";
import type { InterfaceShape, NodeGroupShape, SecurityGroupShape, Tags } from "./shape.ts";

/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/prerequisites.md */
export const owned: Tags = { [`kubernetes.io/cluster/${clusterName}`]: "owned" };

/** Which load balancers a subnet is for. https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html */
export const roles = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
} as const;

const groupName = `eks-cluster-sg-${clusterName}-1523901234`;

/**
 * EKS puts it on the network interfaces of the control plane, and on the nodes of managed node groups whose launch template names no group. It adds the tags again
 * if somebody removes them. https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export const clusterSecurityGroup: SecurityGroupShape = {
  name: groupName,
  description:
    "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
  tags: { ...owned, "aws:eks:cluster-name": clusterName, Name: groupName },
  from: [groupName],
};

/** The control plane's private way into the VPC. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html#network-requirements-subnets */
export const controlPlaneInterfaces = (more: readonly string[] = []): InterfaceShape[] =>
  [
    ["a", "10.0.0.20"],
    ["b", "10.0.16.20"],
  ].map(([zone = "", address = ""]) => ({
    description: `Amazon EKS ${clusterName}`,
    zone,
    address,
    securityGroups: [groupName, ...more],
  }));

/** An EKS managed node group. https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */
export function managedNodeGroup({
  name,
  zones,
  securityGroups = [groupName],
  instanceTags = {},
  labels = {},
  autoscalingGroupName = `eks-${name}-9cc0ffee-1d2e-4f3a-8b4c-5d6e7f8a9b0c`,
}: {
  /** As EKS names it. */
  readonly name: string;
  readonly zones: readonly string[];
  readonly securityGroups?: readonly string[];
  readonly instanceTags?: Tags;
  readonly labels?: Tags;
  readonly autoscalingGroupName?: string;
}): NodeGroupShape {
  const tags = {
    "eks:cluster-name": clusterName,
    "eks:nodegroup-name": name,
    "k8s.io/cluster-autoscaler/enabled": "true",
    [`k8s.io/cluster-autoscaler/${clusterName}`]: "owned",
    ...owned,
  };
  return {
    zones,
    autoscalingGroup: { name: autoscalingGroupName, tags },
    securityGroups,
    instanceTags: () => ({ ...tags, ...instanceTags }),
    labels: {
      "eks.amazonaws.com/nodegroup": name,
      "eks.amazonaws.com/capacityType": "ON_DEMAND",
      ...labels,
    },
  };
}
