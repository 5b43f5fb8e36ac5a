/** What keeps the controller from registering targets. The load balancer is there by then; the reason is in an event of a TargetGroupBinding. */
import { targetNodes } from "../nodes.ts";
import { upstream } from "../upstream.ts";
import type { Refusal } from "./refusal.ts";

export const nodeRefusals: readonly Refusal[] = [
  {
    id: "no-instance",
    refused: "a node that is no instance of EC2 and is not excluded by a label",
    by: "controller",
    source: upstream("pkg/k8s/node_utils.go", "ExtractNodeInstanceID"),
    reason({ service, cluster }) {
      const wrong = targetNodes(service, cluster?.nodes ?? []).find(
        ({ instanceId }) => !/^i-[^/]*$/.test(instanceId),
      );
      return wrong === undefined
        ? undefined
        : `providerID of ${wrong.instanceId} is invalid for EC2 instances, node: ${wrong.name}`;
    },
  },
  {
    id: "several-groups",
    refused: "a node's instance in several security groups of which not exactly one has the cluster's tag",
    by: "controller",
    source: upstream("pkg/networking/networking_manager.go", "resolveEndpointSGForENI"),
    reason({ service, cluster }) {
      if (cluster === undefined) return undefined;
      const { groupsByInstance = {} } = cluster;
      const wrong = targetNodes(service, cluster.nodes).find(
        ({ instanceId }) => (groupsByInstance[instanceId] ?? []).length > 1,
      );
      return wrong === undefined
        ? undefined
        : `expected exactly one securityGroup tagged with kubernetes.io/cluster/${cluster.name} for the network interface of ${wrong.instanceId}, got: ${(groupsByInstance[wrong.instanceId] ?? []).join(", ")} (clusterName: ${cluster.name})`;
    },
  },
];
