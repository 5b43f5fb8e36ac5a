import { later } from "../../../model/later.ts";
import type { RuleFacts } from "../model.ts";
import { rulesAllowed } from "../rulesAllowed.ts";

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
    ...rulesAllowed("rules in the nodes' security group"),
  };
}
