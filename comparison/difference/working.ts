/** Whether an exposure takes traffic, and will go on doing so. Two equally broken exposures must not count as equivalent. */
import type { Cloud } from "../clouds/cloud.ts";
import type { Exposure } from "../model/exposure.ts";
import type { LoadBalancerFacts, PoolFacts } from "../model/loadBalancer.ts";
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

function faultsOf(exposure: Exposure, cloud: Cloud): string[] {
  const service = factsIn(exposure.service);
  const balancer = factsIn(exposure.loadBalancer);
  const noPod = factsIn(exposure.endpoints)?.some(({ ready }) => ready) === false;
  const dead = balancer === undefined ? [] : deadListeners(balancer, service, cloud);
  const waiting = dead.filter(({ waitsForPods }) => noPod && waitsForPods);
  const others = dead.filter((listener) => !waiting.includes(listener));
  return [
    ...(noPod ? [noEndpoint(waiting)] : []),
    ...(balancer === undefined ? [] : loadBalancerFaults(balancer, service, cloud)),
    ...others.map(({ key, why }) => because(`listener ${key} has no healthy target`, why)),
  ];
}

function noEndpoint(waiting: readonly DeadListener[]): string {
  const keys = waiting.map(({ key }) => key).join(", ");
  const consequence = waiting.length === 0 ? "" : `, and so no healthy target at ${keys}`;
  return `the Service has no ready endpoint${consequence}`;
}

function loadBalancerFaults(
  { state, listeners }: LoadBalancerFacts,
  service: ServiceFacts | undefined,
  cloud: Cloud,
): string[] {
  const noListener = service === undefined ? undefined : cloud.whyNoListener(service);
  return [
    ...(state === cloud.working.loadBalancer ? [] : [`the load balancer's state is ${state}`]),
    ...(listeners.length === 0 ? [because("the load balancer has no listener", noListener)] : []),
  ];
}

/** A listener without a healthy target. */
interface DeadListener {
  readonly key: string;
  /** Undefined if no reason is known. */
  readonly why: string | undefined;
  /** Whether a ready pod is all that its targets lack, as far as is known. */
  readonly waitsForPods: boolean;
}

function deadListeners(
  { listeners, pools }: LoadBalancerFacts,
  service: ServiceFacts | undefined,
  cloud: Cloud,
): DeadListener[] {
  return listeners.flatMap((listener) => {
    const own = pools.filter(({ identity }) => listener.forwardsTo.includes(identity.id));
    if (own.some(({ members }) => members.some(({ state }) => state === cloud.working.member))) return [];
    const key = listenerKey(listener);
    if (service === undefined) return [{ key, why: undefined, waitsForPods: false }];
    const why = own.map((pool) => cloud.whyNoMember(service, pool)).find((each) => each !== undefined);
    const waitsForPods =
      why === undefined && own.length > 0 && own.every((pool) => asksPods(service, pool, cloud));
    return [{ key, why, waitsForPods }];
  });
}

/** Whether the pods would be its members, or its members all fail a check that only nodes with a ready pod to lead to pass. */
function asksPods(service: ServiceFacts, pool: PoolFacts, cloud: Cloud): boolean {
  const { members, healthCheck } = pool;
  const { working } = cloud;
  if (members.length === 0) return cloud.elsewhere([pool]) !== undefined;
  const used = members.filter(({ state }) => state !== working.unused);
  const ofPods = [
    "traffic-port",
    service.healthCheckNodePort,
    ...service.ports.map(({ nodePort }) => nodePort),
  ];
  return (
    used.length > 0 &&
    used.every(({ state }) => state === working.failing) &&
    ofPods.includes(healthCheck.port)
  );
}

function because(fault: string, why: string | undefined): string {
  return why === undefined ? fault : `${fault}: ${why}`;
}
