/** A Service as the API server will store it: the declaration, with the defaults of the Kubernetes API. */
import { annotatedHealthCheckNodePort } from "../../components/core/healthCheckMarks.ts";
import { withoutUndefined } from "../../components/core/withoutUndefined.ts";
import { later, laterForHealthChecks } from "../model/later.ts";
import { defaultAffinitySeconds } from "../model/service.ts";
import type { ServiceFacts } from "../model/service.ts";
import { controllerOf, inStatus } from "../clouds/cloud.ts";
import type { Cloud } from "../clouds/cloud.ts";
import type { PlannedResource } from "./monitor.ts";
import { controllerAnnotations, controllerLabels } from "../sources/controllerAnnotations.ts";
import { withoutKubeProxy } from "../sources/kubeProxyLabels.ts";
import { read, service } from "./inputs.ts";

export function plannedService(resource: PlannedResource, cloud: Cloud): ServiceFacts {
  const { metadata, spec } = read(service, resource);
  const { type, allocateLoadBalancerNodePorts, healthCheckNodePort, ports, ...rest } = spec;
  const labels = controllerLabels(metadata.labels, cloud.controllers);
  const isLoadBalancer = type === "LoadBalancer";
  const hasNodePorts = !isLoadBalancer || allocateLoadBalancerNodePorts;
  const facts: ServiceFacts = {
    identity: { name: metadata.name ?? resource.name, id: resource.urn },
    namespace: metadata.namespace === later ? namespaceOf(resource) : metadata.namespace,
    owner: "program",
    type,
    ...rest,
    ports: ports.map(({ nodePort, ...port }) => ({
      ...port,
      targetPort: port.targetPort ?? port.port,
      ...(hasNodePorts ? { nodePort: nodePort ?? later } : {}),
    })),
    ...(spec.sessionAffinity === "ClientIP" ? { sessionAffinitySeconds: defaultAffinitySeconds } : {}),
    clusterIPs: [later],
    ...(isLoadBalancer ? { allocateLoadBalancerNodePorts } : {}),
    // For kube-proxy's health check, which NodePort Services have by way of a second Service.
    ...(isLoadBalancer && spec.externalTrafficPolicy === "Local"
      ? { healthCheckNodePort: healthCheckNodePort ?? laterForHealthChecks }
      : withoutUndefined({ healthCheckNodePort: annotatedHealthCheckNodePort(metadata.annotations) })),
    ingress: [],
    finalizers: [],
    annotations: controllerAnnotations(metadata.annotations, cloud.controllers),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...withoutKubeProxy(metadata.labels),
  };
  // The controller writes both: the load balancer's address, and the finalizer that keeps the Service until the load balancer is deleted.
  return isLoadBalancer
    ? {
        ...facts,
        ingress: [inStatus(cloud, facts, later)],
        finalizers: [controllerOf(cloud, facts).finalizer],
      }
    : facts;
}

/** Before the update, a namespace may have only its resource's name. */
function namespaceOf({ dependencies: { metadata = [] } }: PlannedResource): string {
  return metadata[0]?.split("::").at(-1) ?? later;
}
