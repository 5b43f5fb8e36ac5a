/**
 * Annotations by which a Service instructs the AWS cloud controller manager, those that matter to a Network Load Balancer; the others are for Classic Load
 * Balancers.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (constants ServiceAnnotationLoadBalancer...)
 */
import { sourceRangesAnnotation } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotationPrefix } from "../annotations/names.ts";
import { truth } from "../../truth.ts";

export const annotationNames = {
  type: `${annotationPrefix}type`,
  internal: `${annotationPrefix}internal`,
  subnets: `${annotationPrefix}subnets`,
  eipAllocations: `${annotationPrefix}eip-allocations`,
  privateIpv4Addresses: `${annotationPrefix}private-ipv4-addresses`,
  securityGroups: `${annotationPrefix}security-groups`,
  extraSecurityGroups: `${annotationPrefix}extra-security-groups`,
  crossZone: `${annotationPrefix}cross-zone-load-balancing-enabled`,
  accessLog: `${annotationPrefix}access-log-enabled`,
  accessLogBucket: `${annotationPrefix}access-log-s3-bucket-name`,
  accessLogPrefix: `${annotationPrefix}access-log-s3-bucket-prefix`,
  additionalTags: `${annotationPrefix}additional-resource-tags`,
  targetGroupAttributes: `${annotationPrefix}target-group-attributes`,
  targetNodeLabels: `${annotationPrefix}target-node-labels`,
  certificate: `${annotationPrefix}ssl-cert`,
  sslPorts: `${annotationPrefix}ssl-ports`,
  sslPolicy: `${annotationPrefix}ssl-negotiation-policy`,
  backendProtocol: `${annotationPrefix}backend-protocol`,
  healthCheckProtocol: `${annotationPrefix}healthcheck-protocol`,
  healthCheckPort: `${annotationPrefix}healthcheck-port`,
  healthCheckPath: `${annotationPrefix}healthcheck-path`,
  healthCheckInterval: `${annotationPrefix}healthcheck-interval`,
  /** Only parsed: the controller never sends it (ensureTargetGroup). */
  healthCheckTimeout: `${annotationPrefix}healthcheck-timeout`,
  healthyThreshold: `${annotationPrefix}healthcheck-healthy-threshold`,
  unhealthyThreshold: `${annotationPrefix}healthcheck-unhealthy-threshold`,
  /** Of Kubernetes itself: https://github.com/kubernetes/api/blob/v0.35.4/core/v1/annotation_key_constants.go */
  sourceRanges: sourceRangesAnnotation,
} as const;

export type AnnotationName = keyof typeof annotationNames;

export function annotation(service: ServiceFacts, name: AnnotationName): string | undefined {
  return service.annotations[annotationNames[name]];
}

/**
 * A list such as `a=1,b=,c`: values may be empty, and what stands behind a second equals sign is lost.
 * aws_loadbalancer.go (getKeyValuePropertiesFromAnnotation)
 */
export function keyValues(list: string): Record<string, string> {
  const pairs = list
    .split(",")
    .map((pair) => pair.trim().split("="))
    .map(([key = "", value = ""]): [string, string] => [key, value]);
  return Object.fromEntries(pairs.filter(([key]) => key !== ""));
}

/** No annotation and an empty one mean false; so does a word for which the controller refuses the Service. aws_loadbalancer.go (reconcileLBAttributes) */
export function flag(service: ServiceFacts, name: AnnotationName): boolean {
  return truth(annotation(service, name) ?? "") ?? false;
}

const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/**
 * What the controller reads: 64 bits, of which it keeps 32. Undefined if it is not such a number. aws.go (parseInt32Annotation)
 */
export function integerIn(value: string): number | undefined {
  if (!/^[+-]?\d+$/.test(value)) return undefined;
  const whole = BigInt(value.replace("+", ""));
  return whole < int64.least || whole > int64.most ? undefined : Number(BigInt.asIntN(32, whole));
}
