/** Rules of the nodes' security groups that the cloud controller manager left behind. */
import { ruleDescriptionPrefix } from "../cloudControllerManager/marks.ts";
import type { OrphanPart } from "../../../model/orphan.ts";
import type { RuleFacts } from "../model.ts";
import { ruleInWords } from "../ruleInWords.ts";
import { removal } from "./removal.ts";

const described = new RegExp(`^${ruleDescriptionPrefix}(client|health|mtu)(?:=(.+))?$`);

/**
 * A description names the load balancer that the rule is for. Rules for path MTU discovery are shared: one is needed as long as its group has a rule for clients
 * from the same range.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupForNLBMTU)
 *
 * @param needed names of the load balancers that stay
 * @returns by the load balancer's name; a rule for path MTU discovery goes with the load balancer with clients from its range, or has the name ""
 */
export function rulesLeftBehind(
  rules: readonly RuleFacts[],
  needed: ReadonlySet<string>,
): ReadonlyMap<string, readonly RuleFacts[]> {
  const marked = rules.flatMap((rule) => {
    const [, purpose, name = ""] = described.exec(rule.identity.name) ?? [];
    return purpose === undefined ? [] : [{ rule, purpose, name }];
  });
  const clients = marked.filter(({ purpose }) => purpose === "client");
  const found = new Map<string, RuleFacts[]>();
  for (const { rule, purpose, name } of marked) {
    const users =
      purpose === "mtu"
        ? clients.filter((client) => isSameRange(client.rule, rule)).map((client) => client.name)
        : [];
    // Former versions of the controller put a name into the description of a shared rule as well.
    const all = [...users, name];
    if (all.some((user) => needed.has(user))) continue;
    const [user = name] = all;
    found.set(user, [...(found.get(user) ?? []), rule]);
  }
  return found;
}

function isSameRange(a: RuleFacts, b: RuleFacts): boolean {
  return a.securityGroup === b.securityGroup && a.source === b.source;
}

export function rulePart(rule: RuleFacts): OrphanPart {
  return {
    kind: "rule",
    name: `${ruleInWords(rule)} in ${rule.securityGroup}`,
    id: rule.identity.id,
    command: removal.rule(rule.securityGroup, rule.identity.id),
  };
}
