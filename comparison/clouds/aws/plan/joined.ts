/** A load balancer that an exposure joins: it is not below the exposure, and has listeners and rules of others. */
import type { JoinedLoadBalancer } from "../../plan.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import { ofType, refersTo } from "../../../plan/resources.ts";
import { types } from "./types.ts";

/** @param own the resources below the exposure */
export function joinedLoadBalancer(
  own: readonly PlannedResource[],
  declared: readonly PlannedResource[],
): JoinedLoadBalancer {
  const listeners = ofType(own, types.listener);
  const isOn = (balancer: PlannedResource) => (listener: PlannedResource) =>
    refersTo(listener, "loadBalancerArn", balancer);
  const balancers = ofType(declared, types.loadBalancer).filter(
    (balancer) => !own.includes(balancer) && listeners.some(isOn(balancer)),
  );
  const components = new Set(balancers.map(({ parent }) => parent));
  const beside = declared.filter((each) => components.has(each.parent));
  return {
    resources: [
      ...balancers,
      ...ofType(beside, types.securityGroup),
      ...ofType(beside, types.egressRule),
      ...ofType(beside, types.ingressRule).filter((rule) => isNeeded(rule, own)),
    ],
    listeners: balancers.flatMap((balancer) =>
      ofType(declared, types.listener).filter((each) => !own.includes(each) && isOn(balancer)(each)),
    ),
  };
}

/**
 * Whether the exposure needs a rule that is declared once for several: on the nodes, path MTU discovery for anybody, which counts for all load balancers, and the ports of its own health
 * checks and pods; in the load balancer's group, what its own clients need.
 */
function isNeeded(rule: PlannedResource, own: readonly PlannedResource[]): boolean {
  const { ipProtocol, fromPort, cidrIpv4 } = rule.inputs;
  const isOfBalancer = (rule.dependencies.securityGroupId ?? []).length > 0;
  const clients = ofType(own, types.ingressRule).filter(({ inputs }) => inputs.cidrIpv4 === cidrIpv4);
  if (isOfBalancer) return clients.length > 0;
  const opened = ofType(own, types.targetGroup).flatMap(({ inputs }) => [
    (inputs.healthCheck as { readonly port: string }).port,
    ...(inputs.targetType === "ip" ? [String(inputs.port)] : []),
  ]);
  return ipProtocol === "icmp" || opened.includes(String(fromPort));
}
