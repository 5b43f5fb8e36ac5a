/** The rules of the security group that the controller makes for a load balancer. aws.go (ensureNLBSecurityGroupRules, createSecurityGroupRules) */
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { NlbFacts, RuleFacts } from "../model.ts";
import type { PortMapping } from "./portMappings.ts";
import { sourceRanges } from "./sourceRanges.ts";

/** In the first group: without a description, so nothing marks them as the controller's. */
export function balancerRules(
  service: ServiceFacts,
  { securityGroups: [securityGroup] }: NlbFacts,
  mappings: readonly PortMapping[],
): RuleFacts[] {
  if (securityGroup === undefined) return [];
  const listeners = mappings.map(({ listenerProtocol, listenerPort }) => ({
    ipProtocol: listenerProtocol.toLowerCase(),
    fromPort: listenerPort,
    toPort: listenerPort,
  }));
  const pathMtu = { ipProtocol: "icmp", fromPort: 3, toPort: 4 };
  return [...listeners, pathMtu].flatMap((traffic) =>
    sourceRanges(service).map((source): RuleFacts => ({
      identity: { name: later, id: later },
      owner: "other",
      securityGroup,
      ...traffic,
      source,
    })),
  );
}
