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

/** Every fixed node port of the declaration. */
export function fixedNodePorts({ ports, healthCheckNodePort }: ServiceFacts): ReadonlySet<NodePort> {
  const all = [...ports.map(({ nodePort }) => nodePort), healthCheckNodePort];
  return new Set(all.filter((port) => typeof port === "number"));
}

/**
 * The port of an input. If it refers to the Service, it is one of its node ports. Then only a fixed port counts as known, so that a plan gives the same result
 * before the update and after it, when Kubernetes has allocated the others.
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
