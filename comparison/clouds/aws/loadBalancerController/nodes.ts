/** pkg/backend/endpoint_resolver.go (ResolveNodePortEndpoints), pkg/backend/endpoint_utils.go (defaultTrafficProxyNodeLabelSelector) */
import type { NodeFacts } from "../../../model/cluster.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotationNames, pairsOf } from "./annotations.ts";

/** With any value. */
const excludingLabels = [
  "node-role.kubernetes.io/master",
  "node.kubernetes.io/exclude-from-external-load-balancers",
  "alpha.service-controller.kubernetes.io/exclude-balancer",
];

/**
 * Nodes that become targets: those that are ready, in contrast to the cloud controller manager's. (Left out are also those that the cluster autoscaler or Karpenter is
 * about to delete; no facts say which.)
 */
export function targetNodes(service: ServiceFacts, nodes: readonly NodeFacts[]): NodeFacts[] {
  return suitable(nodes, pairsOf(service, annotationNames.targetNodeLabels));
}

/** The same of a TargetGroupBinding. A plan may not know the nodes' labels; then it takes every node for one that the selector means. */
export function nodesOfGroup(
  nodes: readonly NodeFacts[],
  nodeSelector: Readonly<Record<string, string>> = {},
): NodeFacts[] {
  return nodes.flatMap((node) => suitable([node], node.labels === undefined ? {} : nodeSelector));
}

function suitable(nodes: readonly NodeFacts[], labels: Readonly<Record<string, string>>): NodeFacts[] {
  const wanted = Object.entries(labels);
  return nodes.filter(
    ({ ready, labels: own = {} }) =>
      ready &&
      !excludingLabels.some((label) => label in own) &&
      own["eks.amazonaws.com/compute-type"] !== "fargate" &&
      wanted.every(([key, value]) => own[key] === value),
  );
}
