/** A Service as the API server will store it: what is declared, with the defaults of the Kubernetes API. */
import { later, laterForHealthChecks } from "../model/later.ts";
import type { ServiceFacts } from "../model/service.ts";
import { controllerOf } from "../clouds/cloud.ts";
import type { Cloud } from "../clouds/cloud.ts";
import type { PlannedResource } from "./monitor.ts";
import { controllerAnnotations } from "../sources/controllerAnnotations.ts";
import { read, service } from "./inputs.ts";

export function plannedService(resource: PlannedResource, cloud: Cloud): ServiceFacts {
  const { metadata, spec } = read(service, resource);
  const { type, allocateLoadBalancerNodePorts, healthCheckNodePort, ports, ...rest } = spec;
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
    clusterIPs: [later],
    ...(isLoadBalancer ? { allocateLoadBalancerNodePorts } : {}),
    // Only for kube-proxy's own health check, which NodePort Services have none of.
    ...(isLoadBalancer && spec.externalTrafficPolicy === "Local"
      ? { healthCheckNodePort: healthCheckNodePort ?? laterForHealthChecks }
      : {}),
    ingress: [],
    finalizers: [],
    annotations: controllerAnnotations(metadata.annotations, cloud.controllers),
  };
  // Both are the controller's: the load balancer's address, and what keeps the Service until the load balancer is gone.
  return isLoadBalancer
    ? { ...facts, ingress: [later], finalizers: [controllerOf(cloud, facts).finalizer] }
    : facts;
}

/** Before the update a namespace may have no name yet but that of its resource. */
function namespaceOf({ dependencies: { metadata = [] } }: PlannedResource): string {
  return metadata[0]?.split("::").at(-1) ?? later;
}
