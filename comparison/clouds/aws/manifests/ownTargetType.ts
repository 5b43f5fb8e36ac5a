/** The component's option for what the targets of a load balancer are. */
import type { TargetType } from "../../../../components/aws/targetType.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import type { TargetGroupFacts } from "../model.ts";

/**
 * Pods, where they are the targets of the other load balancer. The component opens the pods' ports to its load balancer, so it takes their numbers and no names. A
 * Service that is of type NodePort already is there for its node ports.
 *
 * @param pools of the other load balancer
 */
export function ownTargetType({ type, ports }: ServiceFacts, pools: readonly TargetGroupFacts[]): TargetType {
  if (type === "NodePort" || pools.length === 0) return "instance";
  const arePods = pools.every(({ targetType }) => targetType === "ip");
  const areNumbered = ports.every(({ targetPort }) => typeof targetPort === "number");
  return arePods && areNumbered && areChecked(ports, pools) ? "ip" : "instance";
}

/** Whether a port of the pods is known to answer health checks, which need TCP. */
function areChecked(ports: readonly ServicePortFacts[], pools: readonly TargetGroupFacts[]): boolean {
  return (
    tcpPortOfPods(ports) !== undefined ||
    pools.every(({ healthCheck }) => healthCheck.port !== "traffic-port")
  );
}

/** The first one that has a number. */
export function tcpPortOfPods(ports: readonly ServicePortFacts[]): number | undefined {
  return ports.flatMap(({ protocol, targetPort }) =>
    protocol === "TCP" && typeof targetPort === "number" ? [targetPort] : [],
  )[0];
}
