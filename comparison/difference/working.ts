/** Whether an exposure can take traffic at all. Two equally broken exposures must not count as equivalent. */
import type { Cloud } from "../clouds/cloud.ts";
import type { Exposure } from "../model/exposure.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { Compared } from "./compared.ts";
import { listenerKey } from "./roles.ts";

/** What is missing on either side, one sentence each. A plan has no state yet. */
export function brokenIn({
  facts: { basis },
  left,
  right,
  cloud,
}: Pick<Compared, "facts" | "left" | "right" | "cloud">): string[] {
  if (basis === "planned") return [];
  return [
    ...faultsOf(left, cloud).map((fault) => `left: ${fault}`),
    ...faultsOf(right, cloud).map((fault) => `right: ${fault}`),
  ];
}

function faultsOf({ endpoints, loadBalancer }: Exposure, cloud: Cloud): string[] {
  const pods = factsIn(endpoints);
  const balancer = factsIn(loadBalancer);
  return [
    ...(pods?.some(({ ready }) => ready) === false ? ["the Service has no ready endpoint"] : []),
    ...(balancer === undefined ? [] : loadBalancerFaults(balancer, cloud)),
  ];
}

function loadBalancerFaults({ state, listeners, pools }: LoadBalancerFacts, { working }: Cloud): string[] {
  const dead = listeners.filter(({ forwardsTo }) =>
    pools
      .filter(({ identity }) => forwardsTo.includes(identity.id))
      .every(({ members }) => !members.some((member) => member.state === working.member)),
  );
  return [
    ...(state === working.loadBalancer ? [] : [`the load balancer's state is ${state}`]),
    ...(listeners.length === 0 ? ["the load balancer has no listener"] : []),
    ...dead.map((listener) => `listener ${listenerKey(listener)} has no healthy target`),
  ];
}
