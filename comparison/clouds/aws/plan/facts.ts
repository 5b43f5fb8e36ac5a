/** The facts of two exposures that a program declares: what it makes of them itself, and what the cloud controller will make of a LoadBalancer Service. */
import type { Predicted } from "../cloudControllerManager/predict.ts";
import type { ClusterFacts } from "../../../model/cluster.ts";
import type { Exposure, Facts } from "../../../model/exposure.ts";
import type { RuleFacts } from "../../../model/firewall.ts";
import type { LoadBalancerFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { factsIn, known } from "../../../model/sourceResult.ts";
import type { SourceResult } from "../../../model/sourceResult.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import { plannedFirewall, plannedRules } from "./firewall.ts";
import type { PlannedRules } from "./firewall.ts";
import { plannedLoadBalancer } from "./loadBalancer.ts";
import type { PlannedService } from "./nodePorts.ts";
import { fixedNodePorts } from "./nodePorts.ts";
import { UnreadablePlan, below, only, requireReadable, types } from "./resources.ts";
import { plannedService } from "./service.ts";

/** A model of the cloud controller. */
export type Predict = (service: ServiceFacts, cluster: ClusterFacts) => Predicted;

/** What is known of one exposure by itself. */
interface Alone {
  readonly service: SourceResult<PlannedService>;
  readonly loadBalancer: SourceResult<LoadBalancerFacts>;
  readonly rules: SourceResult<readonly RuleFacts[]>;
}

/** @param names the names at the top of the program, below which each exposure stands */
export function plannedFacts(
  declared: readonly PlannedResource[],
  cluster: ClusterFacts,
  names: { readonly left: string; readonly right: string },
  predict: Predict,
): Facts {
  const left = alone(below(declared, names.left), cluster, predict);
  const right = alone(below(declared, names.right), cluster, predict);
  const both = [left, right];
  const rules = both.flatMap((each) => factsIn(each.rules) ?? []);
  const services = both.flatMap(({ service }) => factsIn(service) ?? []);
  const planned: PlannedRules = {
    declared: rules.filter(({ owner }) => owner === "program"),
    predicted: rules.filter(({ owner }) => owner !== "program"),
    nodePorts: new Set(services.flatMap(({ facts }) => [...fixedNodePorts(facts)])),
  };
  return {
    basis: "planned",
    cluster: known(cluster),
    state: known("read"),
    left: exposure(left, planned, cluster),
    right: exposure(right, planned, cluster),
  };
}

function alone(resources: readonly PlannedResource[], cluster: ClusterFacts, predict: Predict): Alone {
  const service = said(() => {
    requireReadable(resources);
    const resource = only(resources, types.service);
    return { resource, facts: plannedService(resource) };
  });
  if (service.kind !== "known") return { service, loadBalancer: service, rules: service };
  if (service.facts.facts.type === "LoadBalancer")
    return { service, ...predicted(service.facts, cluster, predict) };
  return {
    service,
    loadBalancer: said(() => plannedLoadBalancer(resources, service.facts, cluster)),
    rules: said(() => plannedRules(resources, service.facts)),
  };
}

/** A load balancer that is in no plan. One that the controller refuses to make is no reason to leave it out of the comparison. */
function predicted(
  { facts }: PlannedService,
  cluster: ClusterFacts,
  predict: Predict,
): Pick<Alone, "loadBalancer" | "rules"> {
  const prediction = predict(facts, cluster);
  if (prediction.kind !== "made") {
    const none = { kind: "unreachable", reason: prediction.reason } as const;
    return { loadBalancer: none, rules: none };
  }
  const { loadBalancer, firewall } = prediction;
  return { loadBalancer: known(loadBalancer), rules: known([...firewall.nodes, ...firewall.loadBalancer]) };
}

function exposure(
  { service, loadBalancer, rules }: Alone,
  planned: PlannedRules,
  cluster: ClusterFacts,
): Exposure {
  return {
    service: service.kind === "known" ? known(service.facts.facts) : service,
    loadBalancer,
    firewall: rules.kind === "known" ? known(plannedFirewall(rules.facts, planned, cluster)) : rules,
    endpoints: notPlanned("pods run only after the update"),
    name: notPlanned("AWS gives the load balancer its name during the update"),
    dataPath: notPlanned("kube-proxy makes its rules after the update"),
  };
}

function notPlanned(reason: string): SourceResult<never> {
  return { kind: "unavailable", reason: `a plan cannot know it: ${reason}` };
}

function said<T>(readIt: () => T): SourceResult<T> {
  try {
    return known(readIt());
  } catch (error) {
    if (error instanceof UnreadablePlan) return { kind: "unreachable", reason: error.message };
    throw error;
  }
}
