/** Ports of pods, where a load balancer leads to pods instead of nodes: targets of type ip. */
import { later } from "../../model/later.ts";
import type { NodePort } from "../../model/later.ts";
import type { EndpointFacts, ServiceFacts, ServicePortFacts } from "../../model/service.ts";
import { factsIn } from "../../model/sourceResult.ts";
import type { AwsExposure } from "./model.ts";

/** The pod's port for the Service's port, as in `http: 8080/TCP`; undefined if the pod has none. */
export function portOfPod(
  { ports }: EndpointFacts,
  { name, protocol }: ServicePortFacts,
): number | undefined {
  const [number] = ports.flatMap((text) => {
    const [, of = "", port, transport] = /^(?:(.*): )?(\d+)\/(\w+)$/.exec(text) ?? [];
    return of === name && transport === protocol ? [Number(port)] : [];
  });
  return number;
}

/** The pods' port for the Service's port. A name's number is known once there is a pod. */
export function podPort(port: ServicePortFacts, endpoints: readonly EndpointFacts[] = []): NodePort {
  if (typeof port.targetPort === "number") return port.targetPort;
  const [found] = endpoints.flatMap((pod) => portOfPod(pod, port) ?? []);
  return found ?? later;
}

/** Whether the targets are pods, so that nothing goes by way of node ports. */
export function leadsToPods({ loadBalancer }: Pick<AwsExposure, "loadBalancer">): boolean {
  const pools = factsIn(loadBalancer)?.pools ?? [];
  return pools.length > 0 && pools.every(({ targetType }) => targetType === "ip");
}

/** Where the load balancer leads the Service's port; undefined if that is a node port that the Service does not reserve. */
export function destinationOf(
  port: ServicePortFacts,
  exposure: Pick<AwsExposure, "loadBalancer" | "endpoints">,
): NodePort | undefined {
  return leadsToPods(exposure) ? podPort(port, factsIn(exposure.endpoints)) : port.nodePort;
}

/** The ports of a Service that have a destination, with it. */
export function destinationsOf(
  exposure: Pick<AwsExposure, "service" | "loadBalancer" | "endpoints">,
): { readonly port: ServicePortFacts; readonly destination: NodePort }[] {
  const service: ServiceFacts | undefined = factsIn(exposure.service);
  return (service?.ports ?? []).flatMap((port) => {
    const destination = destinationOf(port, exposure);
    return destination === undefined ? [] : [{ port, destination }];
  });
}
