/**
 * All reasons for which the controller, kubernetes/cloud-provider-aws v1.35.0, refuses a Service that asks for a Network Load Balancer, as far as they can be known
 * without asking AWS; in the controller's order. docs/cloud-controller.md lists them.
 */
import { attributeRefusals, listenerRefusals, tagRefusals } from "./attributes.ts";
import { healthCheckRefusals, targetGroupRefusals } from "./healthCheck.ts";
import { managedGroupRefusals } from "./managedGroups.ts";
import { nodeRefusals } from "./nodes.ts";
import { placementRefusals } from "./placement.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";
import { loadBalancerIpRefusal, serviceRefusals } from "./service.ts";
import { updateRefusals } from "./updates.ts";

export const refusals: readonly Refusal[] = [
  ...serviceRefusals,
  ...healthCheckRefusals,
  loadBalancerIpRefusal,
  ...placementRefusals,
  ...tagRefusals,
  ...targetGroupRefusals,
  ...updateRefusals,
  ...listenerRefusals,
  ...attributeRefusals,
  ...managedGroupRefusals,
  ...nodeRefusals,
];

/** The first reason, as the controller would report it. */
export function refusalOf(context: RefusalContext): string | undefined {
  const exists = context.existing !== undefined;
  for (const { at, reason } of refusals) {
    if (exists && at === "creation") continue;
    const found = reason(context);
    if (found !== undefined) return found;
  }
  return undefined;
}
