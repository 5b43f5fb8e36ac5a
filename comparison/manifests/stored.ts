/**
 * A Service as the API server stores it: the manifest with the API server's defaults, but without what the cluster allocates.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/v1/defaults.go (SetDefaults_Service),
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/registry/core/service/storage/alloc.go (IP families)
 */
import { withoutUndefined } from "../../components/core/withoutUndefined.ts";
import { defaultAffinitySeconds } from "../model/service.ts";
import type { ServiceManifest, ServiceSpec } from "./manifest.ts";

/** https://github.com/kubernetes/api/blob/v0.35.4/core/v1/annotation_key_constants.go (AnnotationLoadBalancerSourceRangesKey) */
export const sourceRangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";

export type StoredSpec = ServiceSpec & { readonly type: string };
export type StoredService = ServiceManifest & { readonly spec: StoredSpec };

export function stored({ metadata = {}, spec = {} }: ServiceManifest): StoredService {
  const type = spec.type ?? "ClusterIP";
  const isExternal = type === "LoadBalancer" || type === "NodePort";
  const families =
    type === "ExternalName"
      ? {}
      : { internalTrafficPolicy: "Cluster", ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" };
  const ports = spec.ports?.map((port) => ({
    protocol: "TCP",
    ...port,
    targetPort: isNothing(port.targetPort) ? port.port : port.targetPort,
  }));
  return {
    metadata: { ...metadata, namespace: metadata.namespace ?? "default" },
    spec: {
      ...families,
      ...(isExternal ? { externalTrafficPolicy: "Cluster" } : {}),
      ...(type === "LoadBalancer" ? { allocateLoadBalancerNodePorts: true } : {}),
      ...(spec.sessionAffinity === "ClientIP"
        ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: defaultAffinitySeconds } } }
        : {}),
      sessionAffinity: "None",
      ...withoutEmpty(spec),
      ...(ports === undefined ? {} : { ports: ports.map(withoutUndefined) }),
      type,
    },
  };
}

/** For the API server, an empty text is the same as no value. */
function withoutEmpty<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")) as T;
}

function isNothing(port: number | string | undefined): port is undefined {
  return port === undefined || port === 0 || port === "";
}

/** https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/api/service/util.go (NeedsHealthCheck) */
export function needsHealthCheck({ type, externalTrafficPolicy }: StoredSpec): boolean {
  return type === "LoadBalancer" && externalTrafficPolicy === "Local";
}
