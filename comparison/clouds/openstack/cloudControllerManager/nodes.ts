/** The nodes that become members, ready or not. */
import type { NodeFacts } from "../../../model/cluster.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { isExcluded } from "../../serviceController.ts";
import type { ControllerSettings } from "../model.ts";
import { keyValues } from "./annotations.ts";
import { nodeSelectorOf } from "./settings.ts";

/**
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go (nodeIncludedPredicate) and pkg/openstack/loadbalancer.go (filterNodes). Without
 * known labels, a node counts as chosen only if none are asked for.
 */
export function memberNodes(
  service: ServiceFacts,
  nodes: readonly NodeFacts[],
  settings: ControllerSettings | undefined,
): NodeFacts[] {
  const wanted = keyValues(nodeSelectorOf(service, settings));
  return includedNodes(nodes).filter(({ labels = {} }) =>
    wanted.every(([key, value]) => Object.hasOwn(labels, key) && (value === "" || labels[key] === value)),
  );
}

/** Those that the service controller hands over. */
export const includedNodes = (nodes: readonly NodeFacts[]): NodeFacts[] =>
  nodes.filter(({ labels = {} }) => !isExcluded(labels));
