import type { Attributes } from "./facts.ts";

/** A flag among the attributes of a load balancer or target group. */
export function enabled(attributes: Attributes, key: string, byDefault: boolean): boolean {
  const value = attributes[key];
  return value === undefined ? byDefault : value === "true";
}
