/**
 * terraform-aws-modules/eks beside terraform-aws-modules/vpc: nodes of a managed node group in private subnets, in the module's own security group.
 *
 * Groups and their tags: https://github.com/terraform-aws-modules/terraform-aws-eks/blob/002be2f28667/node_groups.tf and main.tf. The launch template names the
 * module's group, so EKS adds none of its own. Subnets' tags, as in its examples:
 * https://github.com/terraform-aws-modules/terraform-aws-eks/tree/master/examples
 */
import { clusterName } from "../../../../layout.ts";
import { clusterSecurityGroup, controlPlaneInterfaces, managedNodeGroup, owned, roles } from "./eks.ts";
import type { AccountShape, SecurityGroupShape } from "./shape.ts";

const additional: SecurityGroupShape = {
  name: `${clusterName}-cluster-20261101080000000100000001`,
  description: "EKS cluster security group",
  tags: { Name: `${clusterName}-cluster` },
  from: [],
};

const nodes: SecurityGroupShape = {
  name: `${clusterName}-node-20261101080000000100000002`,
  description: "EKS node shared security group",
  tags: { ...owned, Name: `${clusterName}-node` },
  from: [`${clusterName}-node-20261101080000000100000002`, additional.name],
};

const withNodesIn = (title: string, securityGroups: readonly string[]): AccountShape => ({
  title,
  nodeSubnet: (zone) => ({ Name: `${clusterName}-private-${zone}`, ...roles.private }),
  publicSubnet: (zone) => ({ Name: `${clusterName}-public-${zone}`, ...roles.public }),
  securityGroups: [clusterSecurityGroup, additional, nodes],
  nodeGroups: [
    managedNodeGroup({
      name: "workers-20261101080000000100000003",
      zones: ["a", "b", "c"],
      securityGroups,
      instanceTags: { Name: "workers" },
    }),
  ],
  interfaces: controlPlaneInterfaces([additional.name]),
});

export const eksModule = withNodesIn("terraform-aws-modules/eks", [nodes.name]);

/** With `attach_cluster_primary_security_group`: both tagged groups are on each node. The module's FAQ has the remedy: https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/docs/faq.md */
export const eksModuleBothGroups = withNodesIn(
  "terraform-aws-modules/eks with attach_cluster_primary_security_group",
  [clusterSecurityGroup.name, nodes.name],
);
