/**
 * A Service as the API server stores it: the manifest with the API server's defaults, but without what the cluster allocates.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/v1/defaults.go (SetDefaults_Service),
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/registry/core/service/storage/alloc.go (IP families)
 */
import { isIPv6 } from "node:net";
import { withoutUndefined } from "../../components/core/withoutUndefined.ts";
import { defaultAffinitySeconds } from "../model/service.ts";
import type { ServiceManifest, ServicePort, ServiceSpec } from "./manifest.ts";

export const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";

export type StoredSpec = ServiceSpec & { readonly type: string };
export type StoredService = ServiceManifest & { readonly spec: StoredSpec };

export function stored({ metadata = {}, spec = {} }: ServiceManifest): StoredService {
  const { type = "ClusterIP", sessionAffinity = "None" } = withoutEmpty(spec);
  const { sessionAffinityConfig: _given, ...others } = spec;
  const isExternal = type === "LoadBalancer" || type === "NodePort";
  const isInCluster = type !== "ExternalName";
  const ports = spec.ports?.map((port) => ({
    protocol: "TCP",
    ...withoutEmpty(port),
    nodePort: isExternal ? nodePortOf(port, spec.ports) : port.nodePort,
    targetPort: isNothing(port.targetPort) ? port.port : port.targetPort,
  }));
  return {
    metadata: { ...metadata, namespace: metadata.namespace ?? "default" },
    spec: {
      ...(isInCluster ? { internalTrafficPolicy: "Cluster", ipFamilyPolicy: "SingleStack" } : {}),
      ...(isExternal ? { externalTrafficPolicy: "Cluster" } : {}),
      ...(type === "LoadBalancer" ? { allocateLoadBalancerNodePorts: true } : {}),
      ...withoutEmpty(others),
      sessionAffinity,
      ...affinityConfigOf(spec, sessionAffinity),
      ...clusterIPsOf(spec),
      ...(isInCluster ? { ipFamilies: familiesOf(spec) } : {}),
      ...(ports === undefined ? {} : { ports: ports.map(withoutUndefined) }),
      type,
    },
  };
}

/** Fields that are pointers in the API server. For all others, an empty text is the same as no value. */
const pointers = [
  "appProtocol",
  "internalTrafficPolicy",
  "ipFamilyPolicy",
  "loadBalancerClass",
  "trafficDistribution",
];

function withoutEmpty<T extends object>(fields: T): T {
  const set = Object.entries(fields).filter(([name, value]) => value !== "" || pointers.includes(name));
  return Object.fromEntries(set) as T;
}

/** Without affinity, the API server drops the settings for it. */
function affinityConfigOf(
  { sessionAffinityConfig: given }: ServiceSpec,
  affinity: string,
): Pick<ServiceSpec, "sessionAffinityConfig"> {
  if (affinity !== "ClientIP") return {};
  const timeoutSeconds = given?.clientIP?.timeoutSeconds ?? defaultAffinitySeconds;
  return { sessionAffinityConfig: { clientIP: { timeoutSeconds } } };
}

/** A Service that demands two families is for a cluster that has both. alloc.go (initIPFamilyFields) */
function familiesOf(spec: ServiceSpec): readonly string[] {
  const { ipFamilies = [], ipFamilyPolicy } = spec;
  const addresses = clusterIPsOf(spec).clusterIPs ?? spec.clusterIPs ?? [];
  const named = addresses.slice(ipFamilies.length).map((address) => (isIPv6(address) ? "IPv6" : "IPv4"));
  const all = [...ipFamilies, ...named.filter((family) => !ipFamilies.includes(family))];
  const [first = "IPv4", ...others] = addresses[0] === "None" ? ipFamilies : all;
  const needsOther = ipFamilyPolicy === "RequireDualStack" && others.length === 0;
  return [first, ...(needsOther ? [first === "IPv4" ? "IPv6" : "IPv4"] : others)];
}

/** storage.go (normalizeClusterIPs) */
function clusterIPsOf({ clusterIP = "", clusterIPs = [] }: ServiceSpec): Pick<ServiceSpec, "clusterIPs"> {
  return clusterIP !== "" && clusterIPs.length === 0 ? { clusterIPs: [clusterIP] } : {};
}

/** Ports with one number, for TCP and UDP, get one node port. alloc.go (initNodePorts) */
function nodePortOf({ port, nodePort = 0 }: ServicePort, ports: readonly ServicePort[] = []) {
  return nodePort === 0
    ? ports.find((other) => other.port === port && (other.nodePort ?? 0) !== 0)?.nodePort
    : nodePort;
}

function isNothing(port: number | string | undefined): port is undefined {
  return port === undefined || port === 0 || port === "";
}

export function isHeadless({ clusterIPs }: StoredSpec): boolean {
  return clusterIPs?.length === 1 && clusterIPs[0] === "None";
}

/** Whether node ports are reserved for it, or kept if it names some. */
export function hasNodePorts({ type }: StoredSpec): boolean {
  return type === "NodePort" || type === "LoadBalancer";
}

/** https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/api/service/util.go (NeedsHealthCheck) */
export function needsHealthCheck({ type, externalTrafficPolicy }: StoredSpec): boolean {
  return type === "LoadBalancer" && externalTrafficPolicy === "Local";
}
