import type { ComponentResource, Input } from "@pulumi/pulumi";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { FirewallRule } from "./firewallRules.ts";

/** Where rules are declared, and for which load balancer. */
export interface RulePlace {
  /** The load balancer's name. */
  readonly name: string;
  readonly securityGroupId: string;
  /** Node ports by the listener's port. */
  readonly nodePorts: ReadonlyMap<number, Input<number>>;
  readonly parent: ComponentResource;
}

/** Declares a rule in the nodes' security group. */
export function openNodes(
  rule: FirewallRule,
  { name, securityGroupId, nodePorts, parent }: RulePlace,
): SecurityGroupIngressRule {
  const { key, formerKeys, ports, description, ...ingress } = rule;
  const range =
    ports.kind === "fixed"
      ? { fromPort: ports.fromPort, toPort: ports.toPort }
      : { fromPort: nodePorts.get(ports.ofListener), toPort: nodePorts.get(ports.ofListener) };
  return new SecurityGroupIngressRule(
    `${name}-${key}`,
    { securityGroupId, ...ingress, description: `${name}: ${description}`, ...range },
    { parent, aliases: formerKeys.map((former) => ({ name: `${name}-${former}` })) },
  );
}
