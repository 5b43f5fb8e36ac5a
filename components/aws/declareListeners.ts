import type { Alias, ComponentResource, Output } from "@pulumi/pulumi";
import { all } from "@pulumi/pulumi";
import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { onceKnown } from "../core/onceKnown.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { forward } from "./forwarding.ts";
import type { Forwarding } from "./forwarding.ts";
import { letIn } from "./ingressRules.ts";
import type { Joinable } from "./joinable.ts";
import type { ListenerPlan } from "./listenerPlan.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { requireController } from "./targetGroupBinding.ts";
import type { BoundService } from "./targetGroupBinding.ts";
import type { TrafficOptions } from "./trafficOptions.ts";

interface DeclaredListeners {
  /** By the port's name. */
  readonly targetGroupArns: Output<Record<string, string>>;
  /** In the nodes' security group, those that others need as well included. */
  readonly nodeRules: Output<readonly SecurityGroupIngressRule[]>;
}

interface Owner {
  /** In the program. */
  readonly name: string;
  readonly network: ClusterNetwork;
  readonly options: TrafficOptions & Pick<NetworkLoadBalancerOptions, "tags" | "unhealthyHostCountAlarm">;
  readonly targetGroupBinding?: BoundService;
  /** Whether this is an exposure that joins the load balancer, and not the load balancer itself. */
  readonly isJoining: boolean;
  /** Where the node rules were when the exposure had a load balancer of its own, or joined one. */
  readonly formerParent?: NonNullable<Alias["parent"]>;
  readonly parent: ComponentResource;
}

/** Declares what a plan needs: listeners with their target groups and targets, and the rules of the nodes and of the load balancer's own group. */
export function declareListeners(
  { listeners, firewall }: ListenerPlan,
  { name, network, options, targetGroupBinding, isJoining, formerParent, parent }: Owner,
  joinable: Joinable,
): DeclaredListeners {
  const { front, inOwnGroup } = joinable;
  const { component, groups, loadBalancer, suffix, deletesFirst } = front;
  const imported = isJoining ? undefined : front.imported;
  const forwarding: Forwarding = {
    name,
    suffix,
    deletesFirst,
    loadBalancer,
    network,
    options,
    ...(isJoining ? { joins: { name: front.name, component } } : {}),
    ...withoutUndefined({
      imported,
      tags: options.tags,
      binding: targetGroupBinding && {
        service: targetGroupBinding,
        definition: requireController(name, parent),
      },
    }),
    parent,
  };
  const targetGroups = listeners.flatMap((port) => {
    const group = forward(port, forwarding);
    return port.names.map((each) => [each, group.arn] as const);
  });

  const { nodeSecurityGroupId: securityGroupId } = network;
  const nodePorts = new Map(listeners.map(({ port, nodePort }) => [port, nodePort]));
  const formerPlaces = formerParent === undefined ? [] : [{ parent: formerParent }];
  const formerFixed = isJoining ? formerPlaces.map((place) => ({ ...place, name })) : [];
  const fixed = joinable.onNodes(securityGroupId).letIn(firewall.fixed, formerFixed);
  const nodeRules = onceKnown(Object.fromEntries(nodePorts), (known) => [
    ...fixed,
    ...firewall.own(known).map((rule) =>
      letIn(rule, {
        name,
        securityGroupId,
        nodePorts,
        parent,
        formerPlaces,
        ...withoutUndefined({ groupOfLoadBalancer: groups.ids?.[0], imported: imported?.rules }),
      }),
    ),
  ]);
  if (groups.own !== undefined) {
    // A port that another exposure takes over keeps its rules and its listener.
    const place = {
      name: front.name,
      securityGroupId: groups.own.id,
      nodePorts,
      parent,
      formerPlaces: isJoining ? [{ parent: component }] : [],
    };
    for (const rule of firewall.ofOwnGroup.own) letIn(rule, place);
    inOwnGroup?.letIn(firewall.ofOwnGroup.fixed);
  }
  return { targetGroupArns: all(Object.fromEntries(targetGroups)), nodeRules };
}
