import type { NodePort } from "../../../model/later.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import { annotation } from "./annotations.ts";

/** One port of a Service, from the listener to the nodes. */
export interface PortMapping {
  readonly listenerPort: number;
  readonly listenerProtocol: string;
  readonly nodePort: NodePort;
  readonly targetProtocol: string;
}

/**
 * Ports without a node port are left out: for a Service that allocates none, the controller makes a load balancer without listeners.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancer)
 */
export function portMappings(service: ServiceFacts): PortMapping[] {
  const backendProtocol = annotation(service, "backendProtocol");
  return service.ports.flatMap((servicePort) => {
    const { port, protocol, nodePort } = servicePort;
    if (nodePort === undefined) return [];
    const terminates = terminatesTls(service, servicePort);
    return {
      listenerPort: port,
      listenerProtocol: terminates ? "TLS" : protocol,
      nodePort,
      targetProtocol: terminates && backendProtocol === "ssl" ? "TLS" : protocol,
    };
  });
}

function terminatesTls(service: ServiceFacts, { name, port, protocol }: ServicePortFacts): boolean {
  const certificate = annotation(service, "certificate") ?? "";
  if (certificate === "" || protocol === "UDP") return false;
  const ports = annotation(service, "sslPorts") ?? "";
  // aws.go (getPortSets): all ports, or some by their names and numbers, without a space.
  if (ports === "" || ports === "*") return true;
  return ports.split(",").some((item) => (/^[+-]?\d+$/.test(item) ? Number(item) === port : item === name));
}
