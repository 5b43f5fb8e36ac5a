/** The node ports that a program fixes, before anything is deployed. */
import * as v from "valibot";
import type { PlannedResource } from "./monitor.ts";
import { ofType, serviceType } from "./resources.ts";

/** A Service with fixed node ports. */
export interface WantedNodePorts {
  /** The resource's name in the program. */
  readonly name: string;
  readonly nodePorts: readonly number[];
}

/** Read loosely, other than for the comparison: a Service with inputs that are not known here has node ports too. */
const ports = v.object({
  spec: v.object({
    ports: v.optional(v.array(v.object({ nodePort: v.optional(v.unknown()) })), []),
    healthCheckNodePort: v.optional(v.unknown()),
  }),
});

export function wantedNodePorts(declared: readonly PlannedResource[]): WantedNodePorts[] {
  return ofType(declared, serviceType).flatMap(({ name, inputs }) => {
    const parsed = v.safeParse(ports, inputs);
    if (!parsed.success) return [];
    const { spec } = parsed.output;
    const all = [...spec.ports.map(({ nodePort }) => nodePort), spec.healthCheckNodePort];
    const nodePorts = [...new Set(all.filter((port) => typeof port === "number"))];
    return nodePorts.length === 0 ? [] : [{ name, nodePorts }];
  });
}
