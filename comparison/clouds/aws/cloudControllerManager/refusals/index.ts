/**
 * All reasons for which the controller, kubernetes/cloud-provider-aws v1.35.0, refuses a Service that asks for a Network Load Balancer, as far as they can be known
 * without asking AWS; in the controller's order. docs/cloud-controller.md lists them.
 */
import { reasonsOf } from "../../../refusing.ts";
import { annotationNames } from "../annotations.ts";
import { attributeRefusals, listenerRefusals, tagRefusals } from "./attributes.ts";
import { healthCheckRefusals, targetGroupRefusals } from "./healthCheck.ts";
import { managedGroupRefusals } from "./managedGroups.ts";
import { nodeRefusals } from "./nodes.ts";
import { placementRefusals } from "./placement.ts";
import { createdAsClassic } from "./kind.ts";
import { refusalsIn } from "./refusal.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";
import { ipv6SourceRanges, loadBalancerIp, serviceRefusals } from "./service.ts";
import { updateRefusals } from "./updates.ts";

export const refusals: readonly Refusal[] = [
  createdAsClassic,
  ...serviceRefusals,
  ...healthCheckRefusals,
  loadBalancerIp(
    `AWS gives a Network Load Balancer its addresses, or ${annotationNames.eipAllocations} names Elastic IP addresses`,
  ),
  ...placementRefusals,
  ...tagRefusals,
  ...targetGroupRefusals,
  ...updateRefusals,
  ...listenerRefusals,
  ...attributeRefusals,
  ...managedGroupRefusals,
  ...nodeRefusals,
  ipv6SourceRanges(
    "aws.go (ensureNLBSecurityGroupRules), aws_loadbalancer.go (updateInstanceSecurityGroupForNLBTraffic)",
    ({ configuration: { opensNodes, managesSecurityGroups } }) => opensNodes || managesSecurityGroups,
  ),
];

/** The first is the one that the controller reports. */
export function networkReasons(context: RefusalContext): readonly string[] {
  const exists = context.existing !== undefined;
  const ofRelease = refusalsIn(context, refusals);
  return reasonsOf(exists ? ofRelease.filter(({ at }) => at !== "creation") : ofRelease, context);
}
