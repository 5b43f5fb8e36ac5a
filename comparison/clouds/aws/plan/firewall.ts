/** The inbound rules of two exposures of one plan. */
import type { AwsClusterFacts, RuleFacts } from "../model.ts";
import type { NodePort } from "../../../model/later.ts";
import type { FirewallFacts } from "../../../model/firewall.ts";
import type { PlannedOpenings } from "../../plan.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import { read } from "../../../plan/inputs.ts";
import * as inputs from "./inputs.ts";
import type { PlannedService } from "../../../plan/nodePorts.ts";
import { portOf } from "../../../plan/nodePorts.ts";
import { ofType } from "../../../plan/resources.ts";
import { isPlannedGroup } from "./plannedGroup.ts";
import { groupIn, plannedGroups } from "./securityGroups.ts";
import { types } from "./types.ts";

/** The rules that the program declares for the exposure of a Service. */
export function plannedRules(
  resources: readonly PlannedResource[],
  service: PlannedService,
  cluster: AwsClusterFacts,
): RuleFacts[] {
  plannedGroups(resources, cluster);
  return rulesIn(resources, [service]);
}

/** @param services whose node ports the rules open */
export function rulesIn(
  resources: readonly PlannedResource[],
  services: readonly PlannedService[],
): RuleFacts[] {
  return ofType(resources, types.ingressRule).map((resource) => {
    const rule = read(inputs.ingressRule, resource);
    const portIn = (input: "fromPort" | "toPort") =>
      services.reduce<NodePort>((port, service) => portOf(resource, input, port, service), rule[input]);
    return {
      identity: { name: rule.description ?? resource.name, id: resource.urn },
      owner: "program",
      securityGroup: groupIn(resources, resource, "securityGroupId", rule.securityGroupId),
      ipProtocol: rule.ipProtocol,
      fromPort: portIn("fromPort"),
      toPort: portIn("toPort"),
      source:
        "referencedSecurityGroupId" in rule
          ? groupIn(resources, resource, "referencedSecurityGroupId", rule.referencedSecurityGroupId)
          : rule.source,
    };
  });
}

/**
 * An exposure's future firewall: its own rules, and those for no particular node port, which all exposures of the cluster share. AWS keeps only one rule for the
 * same protocol, ports and source, and the controller uses an existing rule: a declared rule replaces an equal one of the controller's.
 */
export function plannedFirewall(
  own: readonly RuleFacts[],
  { declared, predicted, nodePorts }: PlannedOpenings<RuleFacts>,
  { nodeSecurityGroups }: AwsClusterFacts,
): FirewallFacts {
  const isNodes = ({ securityGroup }: RuleFacts): boolean => nodeSecurityGroups.includes(securityGroup);
  const isShared = (rule: RuleFacts): boolean =>
    isNodes(rule) &&
    typeof rule.fromPort === "number" &&
    !nodePorts.has(rule.fromPort) &&
    // Only its own load balancer has such a group.
    !isPlannedGroup(rule.source);
  const all = [...declared, ...predicted];
  const shared = all.filter(isShared);
  const once = [...own, ...shared].map((rule) => all.find((other) => isSameRule(other, rule)) ?? rule);
  const rules = [...new Set(once)];
  return { nodes: rules.filter(isNodes), loadBalancer: rules.filter((rule) => !isNodes(rule)) };
}

/** Ports that Kubernetes has not allocated yet never count as the same. */
function isSameRule(a: RuleFacts, b: RuleFacts): boolean {
  if (a === b) return true;
  const fields = ["securityGroup", "ipProtocol", "fromPort", "toPort", "source"] as const;
  return typeof a.fromPort === "number" && fields.every((field) => a[field] === b[field]);
}
