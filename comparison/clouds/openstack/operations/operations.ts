/** Operations of scenarios on Octavia's load balancers and Neutron's security groups, through their APIs. */
import type { CloudOperations } from "../../operations.ts";
import { cleanupFinalizer } from "../../serviceController.ts";
import { readInventory } from "../api/objects.ts";
import type { OpenStackApi } from "../api/session.ts";
import { prefix } from "../cloudControllerManager/annotations.ts";
import { firewallOperations, groupsIn } from "./firewall.ts";
import { loadBalancerOperations } from "./loadBalancers.ts";

export function openstackOperations(api: OpenStackApi): CloudOperations {
  return {
    ...loadBalancerOperations(api),
    ...firewallOperations(api),
    objects: () => identities(api),
    loadBalancerService: {
      annotations: {},
      // The id of a load balancer that is deleted: the controller asks for it, and gives up.
      left: [`${prefix}load-balancer-id`, `${prefix}load-balancer-address`],
      loadBalancerClass: undefined,
      finalizer: cleanupFinalizer,
    },
    // The controller's members are nodes: it has no gate for pods, and no delay for members that it takes out.
    readinessGate: {},
    drainingAnnotations: () => ({}),
  };
}

async function identities(api: OpenStackApi): Promise<Record<string, string[]>> {
  const [{ loadBalancers, listeners, pools, monitors, floatingIps }, groups] = await Promise.all([
    readInventory(api),
    groupsIn(api),
  ]);
  const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);
  return {
    "load balancer": ids(loadBalancers),
    "floating IP": ids(floatingIps),
    listener: ids(listeners),
    pool: ids(pools),
    member: ids(pools.flatMap(({ members }) => members)),
    monitor: ids(monitors),
    "security group": ids(groups),
    // Those that let something out come with a group, as many as Neutron's templates say.
    rule: ids(
      groups.flatMap(({ security_group_rules: rules }) =>
        rules.filter(({ direction }) => direction === "ingress"),
      ),
    ),
  };
}
