/** Refusals of the nodes' security groups, in which the controller writes its rules at last. */
import { targetNodes } from "../nodes.ts";
import type { Refusal } from "./refusal.ts";

export const nodeRefusals: readonly Refusal[] = [
  {
    id: "several-groups",
    refused:
      "a node's instance that is in two security groups with the cluster's tag, or in two without it and none with it",
    by: "controller",
    at: "always",
    source: "aws.go (findSecurityGroupForInstance)",
    reason({ service, cluster, configuration }) {
      if (cluster === undefined || !configuration.opensNodes) return undefined;
      const { groupsByInstance = {} } = cluster;
      const ids = targetNodes(service, cluster.nodes).map(({ instanceId }) => instanceId);
      const several = ids.find((id) => (groupsByInstance[id] ?? []).length > 1);
      return several === undefined
        ? undefined
        : `the instance ${several} is in several security groups in which the controller could write its rules: ${(groupsByInstance[several] ?? []).join(", ")}; each instance must be in exactly one that has the tag kubernetes.io/cluster/${cluster.name}`;
    },
  },
];
