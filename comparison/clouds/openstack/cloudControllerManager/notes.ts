/** What a user should know of what the controller makes for a Service. */
import type { ServiceFacts } from "../../../model/service.ts";
import type { ControllerSettings } from "../model.ts";
import { flag } from "./annotations.ts";
import { isInternal, isUnmonitored, proxyProtocolOf, addsForwardedFor } from "./settings.ts";

export function notes(service: ServiceFacts, settings: ControllerSettings | undefined): string[] {
  const { ports, externalTrafficPolicy, sessionAffinity, allocateLoadBalancerNodePorts } = service;
  const found: string[] = [];
  if (allocateLoadBalancerNodePorts === false)
    found.push(
      "The pools have no members: allocateLoadBalancerNodePorts is false, and members take traffic at node ports only.",
    );
  if (isUnmonitored(service, settings))
    found.push(
      externalTrafficPolicy === "Local"
        ? 'There is no health monitor, and under the policy Local the nodes without a pod drop their share of the connections: set loadbalancer.openstack.org/enable-health-monitor to "true".'
        : 'There is no health monitor, so a lost node gets its share of the connections until its Node object is deleted: set loadbalancer.openstack.org/enable-health-monitor to "true".',
    );
  if (
    externalTrafficPolicy === "Local" &&
    proxyProtocolOf(service) === undefined &&
    !addsForwardedFor(service)
  )
    found.push(
      "externalTrafficPolicy Local does not show pods the client's address: the load balancer is a proxy, and connects from its own.",
    );
  if (sessionAffinity === "ClientIP")
    found.push(
      "kube-proxy sees the load balancer as the only client: with ClientIP, all requests of a node go to one pod at a time.",
    );
  if (addsForwardedFor(service) && ports.some(({ protocol }) => protocol === "UDP"))
    found.push("x-forwarded-for makes every listener an HTTP one: the UDP ports take no UDP.");
  if (flag(service, "keep-floatingip", false) && settings !== undefined && !isInternal(service, settings))
    found.push("The floating IP stays when the Service is deleted, and nothing removes it then.");
  return found;
}
