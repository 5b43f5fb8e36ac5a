/**
 * `new eks.Cluster(...)` of @pulumi/eks with its default node group, beside a VPC of @pulumi/awsx: an Auto Scaling group that EKS does not manage, and subnets
 * without tags for load balancers, which both packages leave to their callers.
 *
 * The nodes' group: https://github.com/pulumi/pulumi-eks/blob/065a99648/nodejs/eks/securitygroup.ts. The tags of the Auto Scaling group, which instances
 * inherit: nodejs/eks/nodegroup.ts (autoScalingGroupTags).
 */
import { clusterName } from "../../../../layout.ts";
import { clusterSecurityGroup, controlPlaneInterfaces, owned } from "./eks.ts";
import type { AccountShape, SecurityGroupShape } from "./shape.ts";

const controlPlane: SecurityGroupShape = {
  name: `${clusterName}-eksClusterSecurityGroup-2995afb`,
  description: "Managed by Pulumi",
  tags: { Name: `${clusterName}-eksClusterSecurityGroup` },
  from: [],
};

const nodes: SecurityGroupShape = {
  name: `${clusterName}-nodeSecurityGroup-7d1e0c4`,
  description: "Managed by Pulumi",
  tags: { ...owned, Name: `${clusterName}-nodeSecurityGroup` },
  from: [`${clusterName}-nodeSecurityGroup-7d1e0c4`, controlPlane.name],
};

const inherited = { ...owned, Name: `${clusterName}-worker` };

export const pulumiEks: AccountShape = {
  title: "@pulumi/eks",
  nodeSubnet: (zone) => ({ Name: `${clusterName}-private-${zone}`, SubnetType: "Private" }),
  publicSubnet: (zone) => ({ Name: `${clusterName}-public-${zone}`, SubnetType: "Public" }),
  securityGroups: [clusterSecurityGroup, controlPlane, nodes],
  nodeGroups: [
    {
      zones: ["a", "b", "c"],
      autoscalingGroup: { name: `${clusterName}-7e4af2c1-NodeGroup-1F0OBAR2BAZ3Q`, tags: inherited },
      securityGroups: [nodes.name],
      instanceTags: () => inherited,
      labels: {},
    },
  ],
  interfaces: controlPlaneInterfaces([controlPlane.name]),
};
