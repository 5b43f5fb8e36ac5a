/**
 * Where load balancers have security groups, node ports are open to those groups alone: not to address ranges besides them, and not to other groups.
 *
 * A load balancer without a security group can only be let in by address ranges, so a stack with one is left to the other rules.
 */
import { opensNodePorts, openingsOf, portsInWords } from "../openings.ts";
import { textsIn } from "../resource.ts";
import type { DeclaredResource, StackRule } from "../resource.ts";

const balancerTypes = new Set([
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
]);

/** Ids, and URNs of resources whose ids may not be known yet. */
const groupsOf = ({ props, references }: DeclaredResource, property: string): string[] => {
  const value = props[property];
  return [
    ...textsIn(Array.isArray(value) ? value : [value]),
    ...(references[property] ?? []).filter((urn) => urn.includes("aws:ec2/securityGroup:SecurityGroup::")),
  ];
};

export const targetsGroup: StackRule = (resources) => {
  const balancers = resources.filter(({ type }) => balancerTypes.has(type));
  const groups = balancers.map((balancer) => groupsOf(balancer, "securityGroups"));
  if (balancers.length === 0 || groups.some((own) => own.length === 0)) return [];
  const allowed = new Set(groups.flat());
  return resources
    .filter(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .filter((rule) => !groupsOf(rule, "securityGroupId").some((group) => allowed.has(group)))
    .flatMap((rule) => {
      const source = groupsOf(rule, "referencedSecurityGroupId");
      const ofItself = groupsOf(rule, "securityGroupId").some((group) => source.includes(group));
      return openingsOf(rule)
        .filter(opensNodePorts)
        .flatMap((opening) => {
          const { urn } = rule;
          const what = `opens ${portsInWords(opening)}, among them node ports, to`;
          if (opening.ranges.length > 0)
            return {
              urn,
              message: `it ${what} ${opening.ranges.join(", ")}, past the load balancers, which have security groups. Let in their security groups instead.`,
            };
          const isKnown = source.some((group) => allowed.has(group)) || ofItself;
          return source.length === 0 || isKnown
            ? []
            : { urn, message: `it ${what} ${source.join(", ")}, which no load balancer has. Remove it.` };
        });
    });
};
