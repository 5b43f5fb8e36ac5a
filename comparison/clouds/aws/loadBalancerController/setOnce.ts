/**
 * What an existing load balancer of the controller keeps: its name and its addresses, and its target groups' kind of addresses, which are set only when it is made, and attributes that are not set any longer.
 * pkg/deploy/elbv2/load_balancer_synthesizer.go (isSDKLoadBalancerRequiresReplacement), load_balancer_manager.go (updateSDKLoadBalancerWithSubnetMappings),
 * target_group_synthesizer.go (isSDKTargetGroupRequiresReplacement) and
 * load_balancer_attributes_reconciler.go (updateSDKLoadBalancerWithAttributes)
 */
import type { ServiceFacts } from "../../../model/service.ts";
import { sentAttributes as sentOfLoadBalancer } from "./loadBalancer.ts";
import { sentOfListener } from "./listeners.ts";
import { portMappings } from "./portMappings.ts";
import { sentAttributes as sentOfTargetGroup } from "./targetGroupAttributes.ts";

export function isSetOnce(path: string, service: ServiceFacts): boolean {
  if (
    path === "loadBalancer / name" ||
    /^loadBalancer \/ zones \/ [^/]+ \/ (?:addresses|elasticAddresses|ipv6Addresses)\b/.test(path)
  )
    return true;
  if (/^loadBalancer \/ targetGroups \/ .+ \/ ipAddressType$/.test(path)) return true;
  const [, attribute] = / \/ attributes \/ (.+)$/.exec(path) ?? [];
  return attribute !== undefined && !sentBy(service).has(attribute);
}

/** Names of attributes that it sets on any of the Service's objects. */
function sentBy(service: ServiceFacts): ReadonlySet<string> {
  const sent = [
    sentOfLoadBalancer(service),
    ...portMappings(service).flatMap((mapping) => [
      sentOfListener(service, mapping),
      sentOfTargetGroup(service, mapping.listenerPort),
    ]),
  ];
  return new Set(sent.flatMap((attributes) => Object.keys(attributes)));
}
