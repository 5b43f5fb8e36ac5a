/** A Service as the API server will store it: what is declared, with the defaults of the Kubernetes API. */
import { later, laterForHealthChecks } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { cleanupFinalizer } from "../cloudControllerManager/marks.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import { controllerAnnotations } from "../../../sources/controllerAnnotations.ts";
import * as inputs from "./inputs.ts";

export function plannedService(resource: PlannedResource): ServiceFacts {
  const { metadata, spec } = inputs.read(inputs.service, resource);
  const { type, allocateLoadBalancerNodePorts, healthCheckNodePort, ports, ...rest } = spec;
  const isLoadBalancer = type === "LoadBalancer";
  const hasNodePorts = !isLoadBalancer || allocateLoadBalancerNodePorts;
  return {
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
    // Both are the cloud controller's: the load balancer's name, and what keeps the Service until the load balancer is gone.
    ingress: isLoadBalancer ? [later] : [],
    finalizers: isLoadBalancer ? [cleanupFinalizer] : [],
    annotations: controllerAnnotations(metadata.annotations),
  };
}

/** Before the update a namespace may have no name yet but that of its resource. */
function namespaceOf({ dependencies: { metadata = [] } }: PlannedResource): string {
  return metadata[0]?.split("::").at(-1) ?? later;
}
