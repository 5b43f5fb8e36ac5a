/** Objects of the Kubernetes API as facts. */
import type {
  DiscoveryV1EndpointPort,
  V1Endpoint,
  V1EndpointSlice,
  V1Node,
  V1Service,
  V1ServicePort,
} from "@kubernetes/client-node";
import { annotatedHealthCheckNodePort } from "../../../components/core/healthCheckMarks.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";
import type { NodeFacts } from "../../model/cluster.ts";
import type { Identity } from "../../model/owner.ts";
import type { EndpointFacts, ServiceFacts, ServicePortFacts } from "../../model/service.ts";
import { controllerAnnotations, controllerLabels } from "../controllerAnnotations.ts";
import { withoutKubeProxy } from "../kubeProxyLabels.ts";
import { byText } from "../order.ts";

/** @param controllers controllers whose annotations are read */
export function serviceFacts(
  { metadata, spec, status }: V1Service,
  controllers: Parameters<typeof controllerAnnotations>[1],
): ServiceFacts {
  const labels = controllerLabels(metadata?.labels, controllers);
  const affinitySeconds = spec?.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  return {
    identity: { name: metadata?.name ?? "", id: metadata?.uid ?? "" },
    namespace: metadata?.namespace ?? "",
    // Nothing in a Service names its owner.
    owner: "other",
    type: spec?.type ?? "ClusterIP",
    ...(spec?.loadBalancerClass === undefined ? {} : { loadBalancerClass: spec.loadBalancerClass }),
    ...(spec?.allocateLoadBalancerNodePorts === undefined
      ? {}
      : { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts }),
    ...(spec?.loadBalancerIP === undefined ? {} : { loadBalancerIP: spec.loadBalancerIP }),
    selector: spec?.selector ?? {},
    clusterIPs: spec?.clusterIPs ?? [],
    ipFamilies: spec?.ipFamilies ?? [],
    ipFamilyPolicy: spec?.ipFamilyPolicy ?? "",
    externalIPs: byText(spec?.externalIPs ?? []),
    ports: (spec?.ports ?? []).map(servicePort),
    externalTrafficPolicy: spec?.externalTrafficPolicy ?? "",
    internalTrafficPolicy: spec?.internalTrafficPolicy ?? "",
    ...(spec?.trafficDistribution === undefined ? {} : { trafficDistribution: spec.trafficDistribution }),
    sessionAffinity: spec?.sessionAffinity ?? "",
    ...(affinitySeconds === undefined ? {} : { sessionAffinitySeconds: affinitySeconds }),
    publishNotReadyAddresses: spec?.publishNotReadyAddresses ?? false,
    loadBalancerSourceRanges: byText(spec?.loadBalancerSourceRanges ?? []),
    ...withoutUndefined({
      healthCheckNodePort: spec?.healthCheckNodePort ?? annotatedHealthCheckNodePort(metadata?.annotations),
    }),
    ingress: (status?.loadBalancer?.ingress ?? []).map(({ hostname, ip }) => hostname ?? ip ?? ""),
    finalizers: byText(metadata?.finalizers ?? []),
    ...(metadata?.deletionTimestamp === undefined ? {} : { isBeingDeleted: true as const }),
    annotations: controllerAnnotations(metadata?.annotations, controllers),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...withoutKubeProxy(metadata?.labels),
  };
}

function servicePort(port: V1ServicePort): ServicePortFacts {
  return {
    name: port.name ?? "",
    protocol: port.protocol ?? "TCP",
    ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
    port: port.port,
    targetPort: port.targetPort ?? port.port,
    ...(port.nodePort === undefined ? {} : { nodePort: port.nodePort }),
  };
}

/** An endpoint is in several slices if its ports differ from the others'. It is ready only if all slices say so. */
export function endpointFacts(slices: readonly V1EndpointSlice[]): EndpointFacts[] {
  const byAddress = new Map<string, EndpointFacts>();
  for (const { endpoints, ports } of slices) {
    // The library's type requires endpoints, but the API omits an empty list.
    for (const each of (endpoints as V1Endpoint[] | undefined) ?? []) {
      for (const address of each.addresses) {
        const found = endpoint(address, each, (ports ?? []).map(portText));
        const before = byAddress.get(address);
        byAddress.set(address, before === undefined ? found : joined(before, found));
      }
    }
  }
  return byText([...byAddress.values()], ({ node, address }) => `${node} ${address}`);
}

function portText({ name, port, protocol }: DiscoveryV1EndpointPort): string {
  return `${name ?? ""}: ${port ?? "all"}/${protocol ?? "TCP"}`;
}

function joined(a: EndpointFacts, b: EndpointFacts): EndpointFacts {
  return {
    ...a,
    ports: byText([...new Set([...a.ports, ...b.ports])]),
    ready: a.ready && b.ready,
    serving: a.serving && b.serving,
    terminating: a.terminating || b.terminating,
  };
}

/**
 * Defaults of missing conditions: ready, serving if ready, and not terminating.
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/
 */
function endpoint(
  address: string,
  { conditions, nodeName, targetRef, zone }: V1Endpoint,
  ports: readonly string[],
): EndpointFacts {
  const ready = conditions?.ready ?? true;
  return {
    pod: { name: targetRef?.name ?? address, id: targetRef?.uid ?? address } satisfies Identity,
    address,
    ports,
    node: nodeName ?? "",
    ...(zone === undefined ? {} : { zone }),
    ready,
    serving: conditions?.serving ?? ready,
    terminating: conditions?.terminating ?? false,
  };
}

export function nodeFacts(nodes: readonly V1Node[]): NodeFacts[] {
  return byText(nodes.map(node), ({ name }) => name);
}

function node({ metadata, spec, status }: V1Node): NodeFacts {
  return {
    name: metadata?.name ?? "",
    // Such as aws:///us-west-2a/i-0123456789abcdef0: cloud-provider-aws v1.35.0, pkg/providers/v1/instances.go (MapToAWSInstanceID)
    instanceId: spec?.providerID?.split("/").at(-1) ?? "",
    zone: metadata?.labels?.["topology.kubernetes.io/zone"] ?? "",
    address: status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? "",
    ready: status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false,
    ...(status?.nodeInfo === undefined ? {} : { kubeletVersion: status.nodeInfo.kubeletVersion }),
    labels: metadata?.labels ?? {},
  };
}
