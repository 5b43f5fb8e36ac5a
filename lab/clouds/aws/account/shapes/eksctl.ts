/**
 * `eksctl create cluster`: a VPC of its own, and CloudFormation stacks for the cluster and for each node group.
 *
 * Managed node groups have EKS's own security group alone (pkg/cfn/builder/managed_launch_template.go: ClusterDefaultSecurityGroup). Node groups that eksctl
 * manages itself have the shared one, which has no tag of the cluster, and one of their own, which has it (pkg/cfn/builder/nodegroup.go: addResourcesForSecurityGroups).
 * https://github.com/eksctl-io/eksctl/tree/main/pkg/cfn/builder. Subnets' tags: pkg/cfn/builder/vpc_ipv4.go.
 */
import { clusterName } from "../../../../layout.ts";
import { clusterSecurityGroup, controlPlaneInterfaces, managedNodeGroup, owned, roles } from "./eks.ts";
import type { AccountShape, NodeGroupShape, SecurityGroupShape, Tags } from "./shape.ts";

const stack = `eksctl-${clusterName}-cluster`;

/** What CloudFormation copies from eksctl's stacks to all that they make. */
const ofEksctl: Tags = { "alpha.eksctl.io/cluster-name": clusterName };

const controlPlane: SecurityGroupShape = {
  name: `${stack}-ControlPlaneSecurityGroup-1QX0EXAMPLE1`,
  description: "Communication between the control plane and worker nodegroups",
  tags: { ...ofEksctl, Name: `${stack}/ControlPlaneSecurityGroup` },
  from: [],
};

const shared: SecurityGroupShape = {
  name: `${stack}-ClusterSharedNodeSecurityGroup-8RT0EXAMPLE2`,
  description: "Communication between all nodes in the cluster",
  tags: { ...ofEksctl, Name: `${stack}/ClusterSharedNodeSecurityGroup` },
  from: [`${stack}-ClusterSharedNodeSecurityGroup-8RT0EXAMPLE2`, clusterSecurityGroup.name],
};

const subnets: Pick<AccountShape, "nodeSubnet"> = {
  nodeSubnet: (zone) => ({
    ...ofEksctl,
    Name: `${stack}/SubnetPublic${zone.replaceAll("-", "").toUpperCase()}`,
    ...roles.public,
  }),
};

const nodeGroupTags = (name: string): Tags => ({
  ...ofEksctl,
  "alpha.eksctl.io/nodegroup-name": name,
  Name: `${clusterName}-${name}-Node`,
});

const labelsOf = (name: string): Tags => ({ ...ofEksctl, "alpha.eksctl.io/nodegroup-name": name });

const managed = (name: string, zones: readonly string[]): NodeGroupShape =>
  managedNodeGroup({
    name,
    zones,
    instanceTags: { ...nodeGroupTags(name), "alpha.eksctl.io/nodegroup-type": "managed" },
    labels: labelsOf(name),
  });

export const eksctl: AccountShape = {
  title: "eksctl",
  ...subnets,
  securityGroups: [clusterSecurityGroup, controlPlane, shared],
  nodeGroups: [managed("general", ["a", "b"]), managed("spot", ["c"])],
  interfaces: controlPlaneInterfaces([controlPlane.name]),
};

const local = (name: string): SecurityGroupShape => ({
  name: `eksctl-${clusterName}-nodegroup-${name}-SG-5UV0EXAMPLE3`,
  description: `Communication between the control plane and worker nodes in group ${name}`,
  tags: { ...owned, ...nodeGroupTags(name), Name: `eksctl-${clusterName}-nodegroup-${name}/SG` },
  from: [controlPlane.name],
});

const selfManaged = (name: string, zones: readonly string[]): NodeGroupShape => ({
  zones,
  autoscalingGroup: {
    name: `eksctl-${clusterName}-nodegroup-${name}-NodeGroup-7WX0EXAMPLE4`,
    tags: { ...owned, ...nodeGroupTags(name), "alpha.eksctl.io/nodegroup-type": "unmanaged" },
  },
  securityGroups: [shared.name, local(name).name],
  instanceTags: () => ({ ...owned, ...nodeGroupTags(name), "alpha.eksctl.io/nodegroup-type": "unmanaged" }),
  labels: labelsOf(name),
});

/** With `nodeGroups` instead of `managedNodeGroups`. */
export const eksctlSelfManaged: AccountShape = {
  ...eksctl,
  title: "eksctl with two node groups that it manages itself",
  securityGroups: [...eksctl.securityGroups, local("general"), local("spot")],
  nodeGroups: [selfManaged("general", ["a", "b"]), selfManaged("spot", ["c"])],
};
