/** What keeps the controller from registering targets. The load balancer is there by then; the reason is in an event of a TargetGroupBinding. */
import type { ServiceFacts } from "../../../../model/service.ts";
import type { AwsClusterFacts } from "../../model.ts";
import { flag } from "../annotations.ts";
import { targetNodes } from "../nodes.ts";
import { groupsOf } from "../securityGroups.ts";
import { upstream } from "../upstream.ts";
import type { Refusal } from "./refusal.ts";

/** Only then does it look at the groups of the targets. pkg/networking/networking_manager.go (ReconcileForNodePortEndpoints) */
function opensNodes(service: ServiceFacts, cluster: AwsClusterFacts): boolean {
  const { kind, backend } = groupsOf(service, cluster);
  return kind === "none" ? flag(service, "manageNodeRules") !== false : backend !== undefined;
}

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
    refused:
      "a node's instance in several security groups of which not exactly one has the cluster's tag, if the controller is to open the nodes",
    by: "controller",
    source: upstream("pkg/networking/networking_manager.go", "resolveEndpointSGForENI"),
    reason({ service, cluster }) {
      if (cluster === undefined || !opensNodes(service, cluster)) return undefined;
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
