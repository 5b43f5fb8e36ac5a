/**
 * The annotations of a Service that instruct a load balancer's controller: those that Kubernetes itself defines, and those that are or look meant for a cloud's
 * controllers. https://github.com/kubernetes/api/blob/v0.35.4/core/v1/annotation_key_constants.go (AnnotationLoadBalancerSourceRangesKey)
 */
import type { Controller } from "../clouds/cloud.ts";

const ofKubernetes = /^service\.beta\.kubernetes\.io\/load-balancer-source-ranges|^service\.kubernetes\.io\//;

type Controllers = readonly Pick<Controller, "looksMeant" | "looksMeantAsLabel">[];
type Texts = Readonly<Record<string, string>>;

export function controllerAnnotations(annotations: Texts = {}, controllers: Controllers): Texts {
  return named(
    annotations,
    (name) => ofKubernetes.test(name) || controllers.some(({ looksMeant }) => looksMeant.test(name)),
  );
}

/** Labels that are named like annotations for a controller. */
export function controllerLabels(labels: Texts = {}, controllers: Controllers): Texts {
  return named(labels, (name) => controllers.some(({ looksMeantAsLabel }) => looksMeantAsLabel.test(name)));
}

function named(texts: Texts, isWanted: (name: string) => boolean): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => isWanted(name)));
}
