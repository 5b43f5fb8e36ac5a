import type { NodeFacts } from "../../../model/cluster.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { isExcluded } from "../../serviceController.ts";
import { annotation, keyValues } from "./annotations.ts";

/** pkg/providers/v1/instances.go (MapToAWSInstanceID): nodes that are no instances, such as Fargate's, are ignored. */
const instanceId = /^i-[^/]*$/;

/**
 * Nodes that become targets: ready or not, but those that are labelled for it are left out. (So are, from the next reconciliation on, those that the cluster
 * autoscaler is about to delete; no facts say which.)
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go (stableNodeSetPredicates),
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (filterTargetNodes)
 */
export function targetNodes(service: ServiceFacts, nodes: readonly NodeFacts[]): NodeFacts[] {
  const wanted = Object.entries(keyValues(annotation(service, "targetNodeLabels") ?? ""));
  return nodes.filter(
    ({ instanceId: id, labels = {} }) =>
      instanceId.test(id) &&
      !isExcluded(labels) &&
      // An empty value stands for any.
      wanted.every(([key, value]) => key in labels && (value === "" || labels[key] === value)),
  );
}
