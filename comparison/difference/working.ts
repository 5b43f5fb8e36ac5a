/** Whether an exposure takes traffic, and will go on doing so. Two equally broken exposures must not count as equivalent. */
import type { Cloud } from "../clouds/cloud.ts";
import type { Exposure } from "../model/exposure.ts";
import type { ListenerFacts, LoadBalancerFacts, PoolFacts } from "../model/loadBalancer.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import { sides } from "../result/bySide.ts";
import type { Side } from "../result/bySide.ts";
import type { Compared } from "./compared.ts";
import { listenerKey } from "./objectNames.ts";
import { predictedFor, stoppedSentences } from "./predicted.ts";

/** What is missing on either side, one sentence each. A plan has no state yet. */
export function brokenIn(compared: Pick<Compared, "facts" | "left" | "right" | "cloud">): string[] {
  if (compared.facts.basis === "planned") return [];
  return sides.flatMap((side) =>
    [...faultsOf(compared[side], compared.cloud), ...stoppedOn(compared, side)].map(
      (fault) => `${side}: ${fault}`,
    ),
  );
}

/** A load balancer that its controller does not maintain any more works until the first node or the Service changes. */
function stoppedOn(compared: Parameters<typeof brokenIn>[0], side: Side): readonly string[] {
  const predicted = predictedFor(compared, side);
  return predicted === undefined ? [] : stoppedSentences(predicted, compared[side]);
}

function faultsOf({ service, endpoints, loadBalancer }: Exposure, cloud: Cloud): string[] {
  const pods = factsIn(endpoints);
  const balancer = factsIn(loadBalancer);
  return [
    ...(pods?.some(({ ready }) => ready) === false ? ["the Service has no ready endpoint"] : []),
    ...(balancer === undefined ? [] : loadBalancerFaults(balancer, factsIn(service), cloud)),
  ];
}

function loadBalancerFaults(
  { state, listeners, pools }: LoadBalancerFacts,
  service: ServiceFacts | undefined,
  cloud: Cloud,
): string[] {
  const { working } = cloud;
  const poolsOf = ({ forwardsTo }: ListenerFacts): PoolFacts[] =>
    pools.filter(({ identity }) => forwardsTo.includes(identity.id));
  const dead = listeners.filter((listener) =>
    poolsOf(listener).every(({ members }) => !members.some((member) => member.state === working.member)),
  );
  const whyNot = (listener: ListenerFacts): string | undefined =>
    service === undefined
      ? undefined
      : poolsOf(listener)
          .map((pool) => cloud.whyNoMember(service, pool))
          .find((why) => why !== undefined);
  const noListener = service === undefined ? undefined : cloud.whyNoListener(service);
  return [
    ...(state === working.loadBalancer ? [] : [`the load balancer's state is ${state}`]),
    ...(listeners.length === 0 ? [because("the load balancer has no listener", noListener)] : []),
    ...dead.map((listener) =>
      because(`listener ${listenerKey(listener)} has no healthy target`, whyNot(listener)),
    ),
  ];
}

function because(fault: string, why: string | undefined): string {
  return why === undefined ? fault : `${fault}: ${why}`;
}
