/**
 * `kops create cluster` with public nodes: control plane and nodes are instances of the account, each instance group in an Auto Scaling group of its own.
 *
 * Names and tags, in what kops itself expects of its Terraform output:
 * https://github.com/kubernetes/kops/blob/master/tests/integration/update_cluster/minimal/kubernetes.tf. Tags of instances: pkg/model/context.go
 * (CloudTagsForInstanceGroup). kops names clusters as in DNS, such as dev.example.com; the lab's keeps its name. Its controller sets the nodes' labels, so kubelets set none.
 */
import { clusterName } from "../../../../layout.ts";
import { region } from "../../layout.ts";
import { owned, roles } from "./eks.ts";
import type { AccountShape, NodeGroupShape, SecurityGroupShape, Tags } from "./shape.ts";

const ofKops: Tags = { ...owned, KubernetesCluster: clusterName };

const masters: SecurityGroupShape = {
  name: `masters.${clusterName}`,
  description: "Security group for masters",
  tags: { ...ofKops, Name: `masters.${clusterName}` },
  from: [`masters.${clusterName}`],
};

const nodes: SecurityGroupShape = {
  name: `nodes.${clusterName}`,
  description: "Security group for nodes",
  tags: { ...ofKops, Name: `nodes.${clusterName}` },
  from: [`nodes.${clusterName}`, masters.name],
};

const instanceGroup = (zone: string): NodeGroupShape => {
  const group = `nodes-${region}${zone}`;
  const tags = {
    ...ofKops,
    Name: `${group}.${clusterName}`,
    "k8s.io/role/node": "1",
    "kops.k8s.io/instancegroup": group,
    "k8s.io/cluster-autoscaler/node-template/label/node-role.kubernetes.io/node": "",
  };
  return {
    zones: [zone],
    autoscalingGroup: { name: tags.Name, tags },
    securityGroups: [nodes.name],
    instanceTags: () => tags,
    labels: {},
  };
};

const controlPlane = `control-plane-${region}a`;

export const kops: AccountShape = {
  title: "kops",
  nodeSubnet: (zone) => ({
    ...ofKops,
    Name: `${zone}.${clusterName}`,
    SubnetType: "Public",
    ...roles.public,
    ...roles.private,
  }),
  securityGroups: [masters, nodes],
  nodeGroups: ["a", "b", "c"].map(instanceGroup),
  otherInstances: [
    {
      name: `${controlPlane}.masters.${clusterName}`,
      zone: "a",
      address: "10.0.0.30",
      securityGroups: [masters.name],
      tags: {
        ...ofKops,
        Name: `${controlPlane}.masters.${clusterName}`,
        "k8s.io/role/control-plane": "1",
        "k8s.io/role/master": "1",
        "kops.k8s.io/instancegroup": controlPlane,
      },
    },
  ],
};
