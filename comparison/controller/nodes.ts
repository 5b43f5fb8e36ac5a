import type { NodeFacts, ServiceFacts } from "../facts/exposure.ts";
import { annotation, keyValues } from "./annotations.ts";

const excludeLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

/**
 * Nodes that become targets: ready or not, but those that are labelled for it are left out. (Those that the cluster autoscaler is about to delete too, but only from the next
 * reconciliation on.)
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go (stableNodeSetPredicates),
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (filterTargetNodes)
 */
export function targetNodes(service: ServiceFacts, nodes: readonly NodeFacts[]): NodeFacts[] {
  const wanted = Object.entries(keyValues(annotation(service, "targetNodeLabels") ?? ""));
  return nodes.filter(
    ({ labels = {} }) =>
      !isExcluded(labels) &&
      // An empty value stands for any.
      wanted.every(([key, value]) => key in labels && (value === "" || labels[key] === value)),
  );
}

/** Any value but a false one excludes, even one that makes no sense. controller.go (nodeIncludedPredicate) */
function isExcluded(labels: Readonly<Record<string, string>>): boolean {
  const value = labels[excludeLabel];
  return value !== undefined && !["0", "f", "F", "FALSE", "false", "False"].includes(value);
}
