/** What the model of a controller says of one side. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Controller, Predicted } from "../clouds/cloud.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { Side } from "../result/bySide.ts";
import type { Compared } from "./compared.ts";

type Predicting = Pick<Compared, "facts" | "cloud" | "left" | "right">;

/** Undefined for a Service of another type than LoadBalancer, and without the facts that the model needs. */
export function predictedFor(
  { facts, cloud, ...exposures }: Predicting,
  side: Side,
): (Predicted & { readonly controller: Controller }) | undefined {
  const { service: result, loadBalancer } = exposures[side];
  const [service, cluster] = [factsIn(result), factsIn(facts.cluster)];
  if (service?.type !== "LoadBalancer" || cluster === undefined) return undefined;
  const owner = factsIn(loadBalancer)?.owner;
  // Whoever made the load balancer comes first: the Service may have been left to another controller since.
  const maker = cloud.controllers.find((each) => each.owner === owner);
  const controller = maker ?? controllerOf(cloud, service);
  const existing = facts.basis === "measured" ? factsIn(loadBalancer) : undefined;
  const endpoints = factsIn(exposures[side].endpoints);
  return { controller, ...controller.predict(service, cluster, existing, endpoints) };
}

/**
 * Of a load balancer that the controller made for a Service that it does not serve any more. It stays as it was: new nodes and changes of the Service do not reach it.
 * @returns the controller's reason, and then those that it would give next; empty if the controller serves the Service, or has not made the load balancer
 */
export function stoppedSentences(
  predicted: Predicted & { readonly controller: Controller },
  { loadBalancer }: Pick<Compared["left"], "loadBalancer">,
): readonly string[] {
  if (predicted.kind === "made" || predicted.kind === "not modelled") return [];
  if (factsIn(loadBalancer)?.owner !== predicted.controller.owner) return [];
  const stopped = "the controller has stopped maintaining this load balancer, since";
  if (predicted.kind === "not its own") return [`${stopped} ${predicted.reason}`];
  return [
    `${stopped} it refuses the Service: ${predicted.reason}`,
    ...predicted.others.map((other) => `and then the controller refuses the Service: ${other}`),
  ];
}
