/**
 * All reasons for which the controller does not make what a Service asks for, as far as they can be known without asking AWS; in the controller's order.
 * docs/load-balancer-controller.md lists them.
 */
import { listenerRefusals, portRefusals } from "./listeners.ts";
import {
  attributeRefusals,
  groupRefusals,
  nameRefusals,
  settingsRefusals,
  tagRefusals,
} from "./loadBalancer.ts";
import { nodeRefusals } from "./nodes.ts";
import { addressRefusals, schemeRefusals, subnetRefusals } from "./placement.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";
import { passedOnRefusals, targetGroupRefusals } from "./targetGroups.ts";

export const refusals: readonly Refusal[] = [
  ...schemeRefusals,
  ...subnetRefusals,
  ...settingsRefusals,
  ...groupRefusals,
  ...tagRefusals,
  ...addressRefusals,
  ...nameRefusals,
  ...portRefusals,
  ...targetGroupRefusals,
  ...listenerRefusals,
  ...passedOnRefusals,
  ...attributeRefusals,
  ...nodeRefusals,
];

/** The first reason, as the controller would report it. */
export function refusalOf(context: RefusalContext): string | undefined {
  for (const { reason } of refusals) {
    const found = reason(context);
    if (found !== undefined) return found;
  }
  return undefined;
}
