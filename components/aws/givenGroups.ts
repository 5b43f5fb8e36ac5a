import type { LoadBalancerOptions } from "./loadBalancerOptions.ts";

/** Whether others say who may connect, by the rules of groups that exist. */
export const groupsAreGiven = ({ securityGroups }: Pick<LoadBalancerOptions, "securityGroups">): boolean =>
  securityGroups !== undefined && securityGroups !== "own";
