/** Whether an exposure can take traffic at all: two that are broken alike are alike, and nobody asks for that. */
import type { Exposure, Facts } from "../model/exposure.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import { factsIn } from "../model/sourceResult.ts";
import { listenerKey } from "./roles.ts";

/** What is missing on either side, a sentence each. A plan has no state yet. */
export function brokenIn({ basis, left, right }: Facts): string[] {
  if (basis === "planned") return [];
  return [
    ...faultsOf(left).map((fault) => `left: ${fault}`),
    ...faultsOf(right).map((fault) => `right: ${fault}`),
  ];
}

function faultsOf({ endpoints, loadBalancer }: Exposure): string[] {
  const pods = factsIn(endpoints);
  const balancer = factsIn(loadBalancer);
  return [
    ...(pods?.some(({ ready }) => ready) === false ? ["the Service has no ready endpoint"] : []),
    ...(balancer === undefined ? [] : loadBalancerFaults(balancer)),
  ];
}

function loadBalancerFaults({ state, listeners, targetGroups }: LoadBalancerFacts): string[] {
  const dead = listeners.filter(({ forwardsTo }) =>
    targetGroups
      .filter(({ identity }) => forwardsTo.includes(identity.id))
      .every(({ targets }) => !targets.some((target) => target.state === "healthy")),
  );
  return [
    ...(state === "active" ? [] : [`the load balancer's state is ${state}`]),
    ...(listeners.length === 0 ? ["the load balancer has no listener"] : []),
    ...dead.map((listener) => `listener ${listenerKey(listener)} has no healthy target`),
  ];
}
