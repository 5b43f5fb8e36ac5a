/**
 * Annotations by which a Service instructs the AWS Load Balancer Controller, and how it reads their values.
 * pkg/annotations/constants.go (SvcLBSuffix...), pkg/annotations/parser.go (suffixAnnotationParser)
 */
import { sourceRangesAnnotation } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotationPrefix } from "../annotations/names.ts";
import { truth } from "../../truth.ts";

export const annotationNames = {
  type: `${annotationPrefix}type`,
  targetType: `${annotationPrefix}nlb-target-type`,
  name: `${annotationPrefix}name`,
  scheme: `${annotationPrefix}scheme`,
  internal: `${annotationPrefix}internal`,
  ipAddressType: `${annotationPrefix}ip-address-type`,
  subnets: `${annotationPrefix}subnets`,
  eipAllocations: `${annotationPrefix}eip-allocations`,
  privateIpv4Addresses: `${annotationPrefix}private-ipv4-addresses`,
  ipv6Addresses: `${annotationPrefix}ipv6-addresses`,
  prefixForSourceNat: `${annotationPrefix}enable-prefix-for-ipv6-source-nat`,
  sourceNatPrefixes: `${annotationPrefix}source-nat-ipv6-prefixes`,
  attributes: `${annotationPrefix}attributes`,
  crossZone: `${annotationPrefix}cross-zone-load-balancing-enabled`,
  accessLog: `${annotationPrefix}access-log-enabled`,
  accessLogBucket: `${annotationPrefix}access-log-s3-bucket-name`,
  accessLogPrefix: `${annotationPrefix}access-log-s3-bucket-prefix`,
  capacity: `${annotationPrefix}minimum-load-balancer-capacity`,
  additionalTags: `${annotationPrefix}additional-resource-tags`,
  securityGroups: `${annotationPrefix}security-groups`,
  manageNodeRules: `${annotationPrefix}manage-backend-security-group-rules`,
  prefixLists: `${annotationPrefix}security-group-prefix-lists`,
  pathMtu: `${annotationPrefix}enable-icmp-for-path-mtu-discovery`,
  privateLink: `${annotationPrefix}inbound-sg-rules-on-private-link-traffic`,
  withoutGroups: `${annotationPrefix}disable-nlb-sg`,
  certificate: `${annotationPrefix}ssl-cert`,
  sslPorts: `${annotationPrefix}ssl-ports`,
  sslPolicy: `${annotationPrefix}ssl-negotiation-policy`,
  alpnPolicy: `${annotationPrefix}alpn-policy`,
  backendProtocol: `${annotationPrefix}backend-protocol`,
  tcpUdp: `${annotationPrefix}enable-tcp-udp-listener`,
  quicPorts: `${annotationPrefix}quic-enabled-ports`,
  listenerAttributes: `${annotationPrefix}listener-attributes`,
  targetGroupAttributes: `${annotationPrefix}target-group-attributes`,
  proxyProtocol: `${annotationPrefix}proxy-protocol`,
  proxyProtocolPorts: `${annotationPrefix}proxy-protocol-per-target-group`,
  multiCluster: `${annotationPrefix}multi-cluster-target-group`,
  targetNodeLabels: `${annotationPrefix}target-node-labels`,
  healthCheckProtocol: `${annotationPrefix}healthcheck-protocol`,
  healthCheckPort: `${annotationPrefix}healthcheck-port`,
  healthCheckPath: `${annotationPrefix}healthcheck-path`,
  healthCheckInterval: `${annotationPrefix}healthcheck-interval`,
  healthCheckTimeout: `${annotationPrefix}healthcheck-timeout`,
  healthyThreshold: `${annotationPrefix}healthcheck-healthy-threshold`,
  unhealthyThreshold: `${annotationPrefix}healthcheck-unhealthy-threshold`,
  successCodes: `${annotationPrefix}healthcheck-success-codes`,
  sourceRanges: sourceRangesAnnotation,
} as const;

export type AnnotationName = keyof typeof annotationNames;

/** An empty annotation counts as given. */
export function annotation({ annotations }: ServiceFacts, name: AnnotationName): string | undefined {
  return annotations[annotationNames[name]];
}

/** ParseStringSliceAnnotation; undefined without the annotation. */
export function list(service: ServiceFacts, name: AnnotationName): readonly string[] | undefined {
  return annotation(service, name)
    ?.split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** ParseBoolAnnotation; undefined without the annotation, and for a word for which the controller refuses the Service. */
export function flag(service: ServiceFacts, name: AnnotationName): boolean | undefined {
  return truth(annotation(service, name) ?? "");
}

/** ParseInt32Annotation: 32 bits; undefined if it is not such a number. */
export function int32(text: string): number | undefined {
  const number = Number(text);
  return /^[+-]?\d+$/.test(text) && number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
}

/** ParseStringMapAnnotation; undefined if the controller cannot read it. */
export function keyValues(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = pairsIn(text).map((pair) => {
    const [, key = "", value = ""] = /^([^=]*)=([^]*)$/.exec(pair) ?? [];
    return [key.trim(), value.trim()] as const;
  });
  return pairs.some(([key]) => key === "") ? undefined : Object.fromEntries(pairs);
}

/** A comma is part of a value if it is escaped, or if nothing comes after it. parser.go (splitKeyValuePairs) */
function pairsIn(text: string): string[] {
  const pairs: string[] = [];
  let current = "";
  for (let index = 0; index < text.length; index++) {
    const [letter = "", next = ""] = text.slice(index, index + 2);
    if (letter === "\\" && next !== "") {
      current += next;
      index++;
      continue;
    }
    const rest = text.slice(index + 1).trim();
    if (letter !== "," || rest === "") {
      current += letter;
      continue;
    }
    pairs.push(current.trim());
    if (!rest.includes("=")) return [...pairs, rest];
    current = "";
  }
  return current === "" ? pairs : [...pairs, current.trim()];
}

/** The pairs of an annotation; empty without it, and if the controller cannot read it. */
export function pairsOf(service: ServiceFacts, name: string): Readonly<Record<string, string>> {
  return keyValues(service.annotations[name] ?? "") ?? {};
}

/** Their whole effect is not in the facts, so a difference in one of them is a difference of the load balancers. */
export const unseen: readonly AnnotationName[] = [
  "capacity",
  "multiCluster",
  "prefixForSourceNat",
  "sourceNatPrefixes",
  "ipv6Addresses",
];

const instructions: ReadonlySet<string> = new Set(
  Object.entries(annotationNames).flatMap(([name, full]) =>
    unseen.some((each) => each === name) ? [] : [full],
  ),
);

/** Read once for each listener or port, which comes after a point. */
const ofOnePort = [annotationNames.listenerAttributes, annotationNames.targetGroupAttributes];

/** Whether the effect of an annotation is compared, so that it is not itself. */
export const isInstruction = (name: string): boolean =>
  instructions.has(name) || ofOnePort.some((each) => name.startsWith(`${each}.`));
