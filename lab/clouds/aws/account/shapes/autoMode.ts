/**
 * EKS Auto Mode: EKS launches and replaces the instances, without Auto Scaling groups, in the cluster's own security group.
 *
 * The tags, by what AWS's policy lets EKS set: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSComputePolicy.html. Labels:
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-workload.html (eks.amazonaws.com/compute-type) and create-node-pool.html.
 */
import { clusterName } from "../../../../layout.ts";
import { clusterSecurityGroup, controlPlaneInterfaces, owned, roles } from "./eks.ts";
import type { AccountShape } from "./shape.ts";

export const autoMode: AccountShape = {
  title: "EKS Auto Mode",
  nodeSubnet: (zone) => ({ Name: `${clusterName}-private-${zone}`, ...roles.private }),
  publicSubnet: (zone) => ({ Name: `${clusterName}-public-${zone}`, ...roles.public }),
  securityGroups: [clusterSecurityGroup],
  nodeGroups: [
    {
      zones: ["a", "b", "c"],
      securityGroups: [clusterSecurityGroup.name],
      instanceTags: () => ({
        ...owned,
        "eks:eks-cluster-name": clusterName,
        "eks:kubernetes-node-class-name": "default",
        "eks:kubernetes-node-pool-name": "general-purpose",
      }),
      labels: {
        "eks.amazonaws.com/compute-type": "auto",
        "eks.amazonaws.com/nodeclass": "default",
        "karpenter.sh/nodepool": "general-purpose",
      },
    },
  ],
  interfaces: controlPlaneInterfaces(),
};
