/** The controller's annotations, and how it reads them. v1.35.0, pkg/openstack/loadbalancer.go (ServiceAnnotation…, get…FromServiceAnnotation) */
import { sourceRangesAnnotation } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";

export const prefix = "loadbalancer.openstack.org/";

const ofPrefix = [
  "availability-zone",
  "class",
  "connection-limit",
  "default-tls-container-ref",
  "enable-health-monitor",
  "flavor-id",
  "floating-network-id",
  "floating-subnet",
  "floating-subnet-id",
  "floating-subnet-tags",
  "health-monitor-delay",
  "health-monitor-max-retries",
  "health-monitor-max-retries-down",
  "health-monitor-timeout",
  "hostname",
  "keep-floatingip",
  "lb-method",
  "load-balancer-address",
  "load-balancer-id",
  "member-subnet-id",
  "network-id",
  "node-selector",
  "port-id",
  "proxy-protocol",
  "subnet-id",
  "timeout-client-data",
  "timeout-member-connect",
  "timeout-member-data",
  "timeout-tcp-inspect",
  "x-forwarded-for",
] as const;

export type AnnotationName = (typeof ofPrefix)[number];

export const internalAnnotation = "service.beta.kubernetes.io/openstack-internal-load-balancer";

export const annotationNames: readonly string[] = [
  ...ofPrefix.map((name) => prefix + name),
  internalAnnotation,
  sourceRangesAnnotation,
];

export const looksMeant = /^(loadbalancer\.openstack\.org|service\.beta\.kubernetes\.io)\//;

/** Of the cloud controllers of other clouds. */
export const isOfOtherCloud = (name: string): boolean =>
  /^service\.beta\.kubernetes\.io\/(?!openstack-|load-balancer-)[a-z0-9]+-/.test(name);

export const annotation = ({ annotations }: ServiceFacts, name: AnnotationName): string | undefined =>
  annotations[prefix + name];

/** The controller takes many an empty text as if there were none. */
export const given = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

/** Anything but `true` and `false` falls back. @param name in full */
export function flagIn({ annotations }: ServiceFacts, name: string, fallback: boolean): boolean {
  const value = annotations[name];
  return value === "true" || (value !== "false" && fallback);
}

export const flag = (service: ServiceFacts, name: AnnotationName, fallback: boolean): boolean =>
  flagIn(service, prefix + name, fallback);

/** As Go's strconv.Atoi reads it, which knows 64 bits: anything else falls back. */
export const isInteger = (text: string): boolean =>
  /^[+-]?\d+$/.test(text) && BigInt.asIntN(64, bigIntOf(text)) === bigIntOf(text);

const bigIntOf = (text: string): bigint => BigInt(text.replace(/^\+/, ""));

export function integer(service: ServiceFacts, name: AnnotationName, fallback: number): number {
  const value = annotation(service, name);
  return value !== undefined && isInteger(value) ? Number(value) : fallback;
}

/** pkg/util/util.go (StringToMap): an entry without a value stands for any value, and the last of a key counts. */
export function keyValues(text: string): [string, string][] {
  const entries = text
    .trim()
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map((entry): [string, string] => {
      const [key = "", ...value] = entry.split("=");
      return [key, value.join("=")];
    });
  return [...new Map(entries)];
}
