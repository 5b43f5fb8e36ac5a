/**
 * The annotations of a Service that instruct a load balancer's controller: those that Kubernetes itself defines, and those that a cloud's controllers
 * define. https://github.com/kubernetes/api/blob/v0.35.4/core/v1/annotation_key_constants.go (AnnotationLoadBalancerSourceRangesKey)
 */
import type { Controller } from "../clouds/cloud.ts";

const ofKubernetes = ["service.beta.kubernetes.io/load-balancer-source-ranges", "service.kubernetes.io/"];

export function controllerAnnotations(
  annotations: Readonly<Record<string, string>> = {},
  controllers: readonly Pick<Controller, "annotationPrefixes">[],
): Readonly<Record<string, string>> {
  const prefixes = [...ofKubernetes, ...controllers.flatMap(({ annotationPrefixes }) => annotationPrefixes)];
  return Object.fromEntries(
    Object.entries(annotations).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))),
  );
}
