/**
 * All reasons for which the controller does not make what a Service asks for, as far as they can be known without asking AWS. docs/load-balancer-controller.md lists them.
 * They are in the controller's order: it builds its whole model of the load balancer first (pkg/service/model_builder.go, buildModel), and then makes security groups,
 * target groups, the load balancer and its listeners, one kind after the other (pkg/deploy/stack_deployer.go, Deploy).
 */
import { reasonsOf } from "../../../refusing.ts";
import { ipv6OfEachSubnet, ipv6Refusals, passedOnIpv6Refusals, udpOverIpv6 } from "./ipv6.ts";
import {
  listenerRefusals,
  passedOnListenerRefusals,
  portRefusals,
  protocolRefusal,
  quicRefusal,
} from "./listeners.ts";
import { attributeRefusals, nameRefusals, passedOnNameRefusals, settingsRefusals } from "./loadBalancer.ts";
import { nodeRefusals } from "./nodes.ts";
import {
  addressOfEachSubnet,
  addressRefusals,
  passedOnAddressRefusals,
  schemeRefusals,
  subnetRefusals,
} from "./placement.ts";
import { inTurns } from "./refusal.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";
import { groupRefusals, passedOnRuleRefusals, passedOnTagRefusals } from "./securityGroups.ts";
import { targetGroupRefusals } from "./targetGroups.ts";
import { passedOnAttributeRefusals, passedOnCheckRefusals, stickinessOfTls } from "./targetGroupsOnAws.ts";

/** The controller goes through one of these after the other, and inside of each through its items: subnets, or ports. */
const stages: readonly (readonly Refusal[])[] = [
  schemeRefusals,
  subnetRefusals,
  settingsRefusals,
  groupRefusals,
  addressRefusals,
  ipv6Refusals,
  [addressOfEachSubnet, ipv6OfEachSubnet],
  nameRefusals,
  portRefusals,
  [quicRefusal, ...targetGroupRefusals, ...listenerRefusals],
  // From here on it asks AWS.
  passedOnTagRefusals,
  [protocolRefusal],
  passedOnRuleRefusals,
  [...passedOnCheckRefusals, ...passedOnAttributeRefusals],
  passedOnNameRefusals,
  passedOnAddressRefusals,
  passedOnIpv6Refusals,
  attributeRefusals,
  [stickinessOfTls, udpOverIpv6, ...passedOnListenerRefusals],
  nodeRefusals,
];

export const refusals: readonly Refusal[] = stages.flat();

/** The first is the one that the controller reports. */
export function reasonsFor(context: RefusalContext): readonly string[] {
  return reasonsOf(
    stages.flatMap((stage) => inTurns(stage, context)),
    context,
  );
}
