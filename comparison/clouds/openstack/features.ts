/** Features of Octavia's load balancers and Neutron's security groups that scenarios can need. */
import type { CloudFeature, ControllerFeature } from "../feature.ts";

/**
 * Without: zonal addresses and cross-zone (a load balancer has one address), member groups (nothing makes the machines of a group members), connection draining by a delay that
 * can be set (a member of weight 0 drains without end), fail open (without a healthy member, HAProxy refuses), and pods as members.
 */
export const features: ReadonlySet<CloudFeature | ControllerFeature> = new Set([
  "members by node",
  "member health",
  "UDP",
  "firewall openings",
  "internal scheme",
]);
