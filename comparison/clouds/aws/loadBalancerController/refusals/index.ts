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
import type { Refusal } from "./refusal.ts";
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
