/** Node ports of a plan. */
import { later } from "../model/later.ts";
import type { NodePort } from "../model/later.ts";
import type { ServiceFacts } from "../model/service.ts";
import type { PlannedResource } from "./monitor.ts";

/** A Service of the plan. */
export interface PlannedService {
  readonly resource: PlannedResource;
  readonly facts: ServiceFacts;
}

/** Every node port that is fixed in the declaration. */
export function fixedNodePorts({ ports, healthCheckNodePort }: ServiceFacts): ReadonlySet<NodePort> {
  const all = [...ports.map(({ nodePort }) => nodePort), healthCheckNodePort];
  return new Set(all.filter((port) => typeof port === "number"));
}

/**
 * The port that an input says. If it refers to the Service, it is one of its node ports; and then only a fixed one counts as known, so that a plan says the same
 * after an update, when Kubernetes has allocated the others, as before.
 */
export function portOf(
  resource: PlannedResource,
  input: string,
  value: NodePort,
  service: PlannedService,
): NodePort {
  const isNodePort = (resource.dependencies[input] ?? []).includes(service.resource.urn);
  return !isNodePort || fixedNodePorts(service.facts).has(value) ? value : later;
}
