/** The facts of two declared exposures: the program's own objects, and the objects that a controller will make for a LoadBalancer Service. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Predicted } from "../clouds/cloud.ts";
import type { PlannedOpenings } from "../clouds/plan.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import type { OpeningFacts } from "../model/firewall.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn, known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { BySide } from "../result/bySide.ts";
import { fixedNodePorts } from "./nodePorts.ts";
import type { PlannedService } from "./nodePorts.ts";
import type { ProgramPlan } from "./plan.ts";
import { below, only, requireReadable, serviceType, takesTraffic, UnreadablePlan } from "./resources.ts";
import { plannedService } from "./service.ts";

/** A cloud and a cluster. */
type PlannedOn = Pick<ProgramPlan, "cloud" | "plan" | "cluster">;

/** The facts of one exposure, without the other. */
export interface Alone {
  readonly service: SourceResult<ServiceFacts>;
  readonly loadBalancer: SourceResult<LoadBalancerFacts>;
  readonly openings: SourceResult<readonly OpeningFacts[]>;
  /** Those that will be there, where `openings` are not known as a whole. */
  readonly someOpenings?: readonly OpeningFacts[];
}

/** As far as they are known. */
export function knownOpenings({ openings, someOpenings = [] }: Alone): readonly OpeningFacts[] {
  return factsIn(openings) ?? someOpenings;
}

/** @param names the exposures' top-level names in the program */
export function plannedFacts(program: ProgramPlan, names: BySide<string>): Facts {
  return factsOfBoth({ left: declared(program, names.left), right: declared(program, names.right) }, program);
}

/** The facts of both exposures, with the firewall openings that they share. */
export function factsOfBoth({ left, right }: BySide<Alone>, program: PlannedOn): Facts {
  const { cloud, cluster } = program;
  const both = [left, right];
  const openings = both.flatMap(knownOpenings);
  const services = both.flatMap(({ service }) => factsIn(service) ?? []);
  const planned: PlannedOpenings = {
    declared: openings.filter(({ owner }) => owner === "program"),
    predicted: openings.filter(({ owner }) => owner !== "program"),
    nodePorts: new Set(services.flatMap((facts) => [...fixedNodePorts(facts)])),
  };
  return {
    basis: "planned",
    cloud: cloud.name,
    cluster: known(cluster),
    state: known("read"),
    left: exposure(left, planned, program),
    right: exposure(right, planned, program),
  };
}

/** An exposure that a program declares. @param name its top-level name in the program */
export function declared(program: ProgramPlan, name: string): Alone {
  const { cloud, plan, cluster } = program;
  const own = below(program.declared, name);
  const { resources: joined = [], listeners = [] } = plan.joined?.(own, program.declared) ?? {};
  const resources = [...own, ...joined];
  const service = readable((): PlannedService => {
    requireReadable(resources, plan.types);
    const resource = only(resources.filter(takesTraffic), serviceType);
    return { resource, facts: plannedService(resource, cloud) };
  });
  if (service.kind !== "known") return { service, loadBalancer: service, openings: service };
  const { facts } = service.facts;
  if (facts.type === "LoadBalancer")
    return predicted(facts, controllerOf(cloud, facts).predict(facts, cluster));
  return {
    service: known(facts),
    loadBalancer: readable(() => plan.loadBalancer(resources, service.facts, cluster, listeners)),
    openings: readable(() => plan.openings(resources, service.facts, cluster)),
  };
}

/** An exposure with a load balancer that is in no plan. The comparison still covers one that the controller refuses to make. */
export function predicted(service: ServiceFacts, prediction: Predicted): Alone {
  if (prediction.kind !== "made") {
    const none = { kind: "unreachable", reason: prediction.reason } as const;
    return { service: known(service), loadBalancer: none, openings: none };
  }
  const { loadBalancer, firewall, rulesNotKnown } = prediction;
  const all = [...firewall.nodes, ...firewall.loadBalancer];
  return {
    service: known(service),
    loadBalancer: known(loadBalancer),
    ...(rulesNotKnown === undefined
      ? { openings: known(all) }
      : { openings: { kind: "unreachable", reason: rulesNotKnown }, someOpenings: all }),
  };
}

function exposure(
  { service, loadBalancer, openings }: Alone,
  planned: PlannedOpenings,
  { plan, cluster }: PlannedOn,
): Exposure {
  return {
    service,
    loadBalancer,
    firewall: openings.kind === "known" ? known(plan.firewall(openings.facts, planned, cluster)) : openings,
    endpoints: notPlanned("pods run only after the update"),
    name: notPlanned(plan.nameComesLater),
    dataPath: notPlanned("kube-proxy makes its rules after the update"),
  };
}

function notPlanned(reason: string): SourceResult<never> {
  return { kind: "unavailable", reason: `a plan cannot know it: ${reason}` };
}

function readable<T>(read: () => T): SourceResult<T> {
  try {
    return known(read());
  } catch (error) {
    if (UnreadablePlan.is(error)) return { kind: "unreachable", reason: error.message };
    throw error;
  }
}
