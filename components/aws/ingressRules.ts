import type { Alias, ComponentResource, Input } from "@pulumi/pulumi";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { FirewallRule } from "./firewallRules.ts";
import { importedRule, importing } from "./importedLoadBalancer.ts";
import type { ImportedRule } from "./importedLoadBalancer.ts";

/** Where rules are declared, and for which load balancer. */
export interface RulePlace {
  /** In the program, with which the names of the rules begin: the load balancer's, or the exposure's. */
  readonly name: string;
  readonly securityGroupId: Input<string>;
  /** The load balancer's own one. @default none: no rule needs it */
  readonly groupOfLoadBalancer?: Input<string>;
  /** Node ports by the listener's port. */
  readonly nodePorts: ReadonlyMap<number, Input<number>>;
  readonly parent: ComponentResource;
  /** Rules that are there already, and that the program takes over. @default none */
  readonly imported?: readonly ImportedRule[];
  /** Where the rules were, if the exposure has left a load balancer or joined one: AWS refuses a second equal rule while the old one exists. */
  readonly formerPlaces?: readonly {
    readonly name?: string;
    readonly parent: NonNullable<Alias["parent"]>;
  }[];
}

/** Declares a rule that lets traffic in to the members of a security group. */
export function letIn(
  rule: FirewallRule,
  {
    name,
    securityGroupId,
    groupOfLoadBalancer,
    nodePorts,
    parent,
    formerPlaces = [],
    imported = [],
  }: RulePlace,
): SecurityGroupIngressRule {
  const { key, formerKeys, ipProtocol, ports, source, description } = rule;
  const range =
    ports.kind === "fixed"
      ? { fromPort: ports.fromPort, toPort: ports.toPort }
      : { fromPort: nodePorts.get(ports.ofListener), toPort: nodePorts.get(ports.ofListener) };
  const cidrIpv4 = source?.kind === "cidrIpv4" ? source.value : undefined;
  return new SecurityGroupIngressRule(
    `${name}-${key}`,
    {
      securityGroupId,
      ipProtocol,
      ...(source === undefined
        ? withoutUndefined({ referencedSecurityGroupId: groupOfLoadBalancer })
        : { [source.kind]: source.value }),
      description: `${name}: ${description}`,
      ...range,
    },
    {
      parent,
      ...importing(importedRule(imported, { ipProtocol, ...range, cidrIpv4 })),
      aliases: [
        ...formerKeys.map((former) => ({ name: `${name}-${former}` })),
        ...formerPlaces.map((place) => ({ ...place, name: `${place.name ?? name}-${key}` })),
      ],
    },
  );
}
