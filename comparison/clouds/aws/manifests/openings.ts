import { later } from "../../../model/later.ts";
import { owner as loadBalancerController } from "../loadBalancerController/marks.ts";
import type { RuleFacts } from "../model.ts";
import { rulesAllowed } from "../rulesAllowed.ts";

/**
 * Rules in the nodes' security group. AWS keeps rules for the same protocol, ports and source once, and the AWS Load Balancer Controller has one for all ports of all its
 * Services: pkg/networking/networking_manager.go (computeRestrictedIngressPermissionsPerSG).
 */
export function openings(rules: readonly RuleFacts[]) {
  // The group of a load balancer is made with it.
  const placed = rules.filter(({ securityGroup }) => securityGroup !== later);
  const isShared = ({ owner, source }: RuleFacts): boolean =>
    owner === loadBalancerController && !source.includes("/");
  const shared = new Set(
    placed
      .filter(isShared)
      .map(({ securityGroup, ipProtocol, source }) => [securityGroup, ipProtocol, source].join(" ")),
  );
  const all = placed.filter((rule) => !isShared(rule));
  const isKnown = ({ fromPort }: RuleFacts): boolean => typeof fromPort === "number";
  const once = new Set(
    all
      .filter(isKnown)
      .map(({ securityGroup, ipProtocol, fromPort, toPort, source }) =>
        [securityGroup, ipProtocol, fromPort, toPort, source].join(" "),
      ),
  );
  return {
    needed: shared.size + once.size + all.filter((rule) => !isKnown(rule)).length,
    ...rulesAllowed("rules in the nodes' security group"),
  };
}
