/**
 * The annotations of a Service that are instructions for a load balancer's controller.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md; the source ranges' older form: k8s.io/api v0.35.4
 * core/v1/annotation_key_constants.go (AnnotationLoadBalancerSourceRangesKey)
 */
const prefixes = [
  "service.beta.kubernetes.io/aws-load-balancer-",
  "service.beta.kubernetes.io/load-balancer-source-ranges",
  "service.kubernetes.io/",
];

export function controllerAnnotations(
  annotations: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))),
  );
}
