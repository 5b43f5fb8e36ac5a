/**
 * All reasons for which the controller does not make what a Service asks for, as far as they can be known without asking AWS; in the controller's order.
 * docs/load-balancer-controller.md lists them.
 */
import { ipv6OfEachSubnet, ipv6Refusals, passedOnIpv6Refusals } from "./ipv6.ts";
import { listenerRefusals, portRefusals } from "./listeners.ts";
import {
  attributeRefusals,
  groupRefusals,
  passedOnGroupRefusals,
  nameRefusals,
  settingsRefusals,
  tagRefusals,
} from "./loadBalancer.ts";
import { nodeRefusals } from "./nodes.ts";
import {
  addressOfEachSubnet,
  addressRefusals,
  passedOnAddressRefusals,
  schemeRefusals,
  subnetRefusals,
} from "./placement.ts";
import type { Refusal } from "./refusal.ts";
import { passedOnRefusals, targetGroupRefusals } from "./targetGroups.ts";

export const refusals: readonly Refusal[] = [
  ...schemeRefusals,
  ...subnetRefusals,
  ...settingsRefusals,
  ...groupRefusals,
  ...tagRefusals,
  ...addressRefusals,
  ...ipv6Refusals,
  addressOfEachSubnet,
  ipv6OfEachSubnet,
  ...nameRefusals,
  ...portRefusals,
  ...targetGroupRefusals,
  ...listenerRefusals,
  ...passedOnGroupRefusals,
  ...passedOnAddressRefusals,
  ...passedOnIpv6Refusals,
  ...passedOnRefusals,
  ...attributeRefusals,
  ...nodeRefusals,
];
