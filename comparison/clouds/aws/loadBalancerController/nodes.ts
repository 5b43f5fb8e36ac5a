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
  const wanted = Object.entries(pairsOf(service, annotationNames.targetNodeLabels));
  return nodes.filter(
    ({ ready, labels = {} }) =>
      ready &&
      !excludingLabels.some((label) => label in labels) &&
      labels["eks.amazonaws.com/compute-type"] !== "fargate" &&
      wanted.every(([key, value]) => labels[key] === value),
  );
}
