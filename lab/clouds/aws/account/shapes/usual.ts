/** The lab's usual account: what load balancing needs, without what any one tool adds. */
import { clusterName } from "../../../../layout.ts";
import { autoscalingGroupName } from "../../layout.ts";
import { managedNodeGroup, owned, roles } from "./eks.ts";
import type { AccountShape } from "./shape.ts";

const group = `${clusterName}-node`;

export const usual: AccountShape = {
  title: "an account with one node group",
  nodeSubnet: (zone) => ({
    Name: `${clusterName}-public-${zone}`,
    // https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
    [`kubernetes.io/cluster/${clusterName}`]: "shared",
    ...roles.public,
  }),
  securityGroups: [
    {
      name: group,
      description: "Communication between the nodes of the cluster",
      tags: { ...owned, Name: group },
      from: [group],
    },
  ],
  nodeGroups: [
    {
      ...managedNodeGroup({ name: "nodes", zones: ["a", "b", "c"], autoscalingGroupName }),
      securityGroups: [group],
      instanceTags: (Name) => ({ ...owned, Name }),
      labels: {},
    },
  ],
};
