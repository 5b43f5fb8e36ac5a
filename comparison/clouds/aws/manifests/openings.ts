import { defaultQuotas } from "../../../../components/aws/quotas.ts";
import { later } from "../../../model/later.ts";
import type { RuleFacts } from "../model.ts";

/** Rules in the nodes' security group. AWS keeps rules for the same protocol, ports and source once. */
export function openings(rules: readonly RuleFacts[]) {
  // The group of a load balancer is made with it.
  const all = rules.filter(({ securityGroup }) => securityGroup !== later);
  const isKnown = ({ fromPort }: RuleFacts): boolean => typeof fromPort === "number";
  const once = new Set(
    all
      .filter(isKnown)
      .map(({ securityGroup, ipProtocol, fromPort, toPort, source }) =>
        [securityGroup, ipProtocol, fromPort, toPort, source].join(" "),
      ),
  );
  return {
    needed: once.size + all.filter((rule) => !isKnown(rule)).length,
    allowed: defaultQuotas.rulesPerSecurityGroup,
    what: "rules in the nodes' security group",
    source:
      "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
  };
}
