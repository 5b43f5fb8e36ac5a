/**
 * Where load balancers have security groups, node ports are open to those groups alone: not to address ranges besides them, and not to other groups.
 *
 * A load balancer without a security group can only be let in by address ranges, so a stack with one is left to the other rules. So is one whose groups are not known
 * yet, and to which no security group of the stack leads.
 */
import { groupsIn, opensNodePorts, openingsOf, ownGroupOf, portsInWords } from "../openings.ts";
import type { Opening } from "../openings.ts";
import type { DeclaredResource, StackRule } from "../resource.ts";

/** With the names that the type had before, which older programs still use. */
const balancerTypes = new Set([
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
]);

export const targetsGroup: StackRule = (resources) => {
  const balancers = resources.filter(({ type }) => balancerTypes.has(type));
  const groups = balancers.map((balancer) => groupsIn(balancer, "securityGroups"));
  if (balancers.length === 0 || groups.some((own) => own.length === 0)) return [];
  const allowed = withAllNames(groups.flat(), resources);
  return resources.flatMap((resource) => {
    const own = ownGroupOf(resource);
    if (own.length === 0 || own.some((name) => allowed.has(name))) return [];
    const targets = new Set([...allowed, ...own]);
    return openingsOf(resource)
      .filter(opensNodePorts)
      .flatMap((opening) => problems(opening, targets))
      .map((message) => ({ urn: resource.urn, message }));
  });
};

/** Where a group has an id and a URN, both: a rule may name it by either. */
function withAllNames(groups: readonly string[], resources: readonly DeclaredResource[]): Set<string> {
  const named = new Set(groups);
  const ids = resources.filter(({ urn }) => named.has(urn)).flatMap(ownGroupOf);
  return new Set([...groups, ...ids]);
}

/** @param allowed names of groups that may be let in */
function problems(opening: Opening, allowed: ReadonlySet<string>): string[] {
  const what = `opens ${portsInWords(opening)}, among them node ports, to`;
  const others = opening.groups.filter((names) => !names.some((name) => allowed.has(name)));
  return [
    ...(opening.ranges.length === 0
      ? []
      : [
          `it ${what} ${opening.ranges.join(", ")}, past the load balancers, which have security groups. Let in their security groups instead.`,
        ]),
    ...others.map(([name]) => `it ${what} ${name}, which no load balancer has. Remove it.`),
  ];
}
