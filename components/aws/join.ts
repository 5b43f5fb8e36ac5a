/** An exposure that joins a load balancer of the program. */
import type { ComponentResource } from "@pulumi/pulumi";
import { createUrn } from "@pulumi/pulumi";
import type { Problem } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { warnOf } from "../core/warnOf.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { declareListeners } from "./declareListeners.ts";
import type { Joinable } from "./joinable.ts";
import { joiningPlan, memberOf } from "./listenerPlan.ts";
import { plannedPorts } from "./listeners.ts";
import type { ListenerArgs } from "./listeners.ts";
import { memberProblems } from "./members.ts";
import { notes } from "./notes.ts";
import type { NetworkLoadBalancerOptions, NetworkLoadBalancerPort } from "./options.ts";
import { countPlan, planRuleProblems } from "./planRules.ts";
import { crossesZones, targetQuotaProblems, togetherNotes } from "./quotas.ts";
import { nodePortProblems } from "./restrictions.ts";
import { rulesApart, rulesOfOthers, rulesTogether } from "./ruleDemand.ts";
import { joiningProblems } from "./sharing.ts";
import type { BoundService, TargetGroupBindingOptions } from "./targetGroupBinding.ts";
import { targetGroupProblems } from "./targetGroupProblems.ts";
import { podPortProblems, podTargetProblems } from "./targetType.ts";

interface Args extends NetworkLoadBalancerOptions {
  readonly network: ClusterNetwork;
  readonly targetGroupBinding?: boolean | TargetGroupBindingOptions;
}

/** The exposure's own options, and those that it has from the load balancer. */
function effective(args: NetworkLoadBalancerOptions, { front }: Joinable): NetworkLoadBalancerOptions {
  return { ...args, ...front.options };
}

/** Everything that is wrong if the exposure joins the load balancer. */
export function joinProblems(
  name: string,
  args: Args & { readonly ports: readonly NetworkLoadBalancerPort[] },
  joinable: Joinable,
): Problem[] {
  const { ports, network, targetGroupBinding = false } = args;
  const { front, members } = joinable;
  const alone = joiningProblems(args, front.name);
  if (alone.length > 0) return alone;
  const options = effective(args, joinable);
  const binding = bindingOptions(targetGroupBinding);
  const problems = [
    ...targetGroupProblems({
      name,
      ports,
      network,
      binding,
      targetType: args.targetType,
      suffix: front.suffix,
    }),
    ...podTargetProblems(args, binding),
    ...podPortProblems(args, ports),
    ...nodePortProblems(options, ports),
    ...vpcProblems(network, joinable),
  ];
  if (problems.length > 0) return problems;
  const member = memberOf(name, ports, options, network);
  const crossZoneLoadBalancing = crossesZones(options);
  return [
    ...memberProblems(member, members, front.name),
    ...targetQuotaProblems(
      {
        ports: member.listeners,
        network: { ...network, nodeInstanceIds: member.nodeInstanceIds },
        crossZoneLoadBalancing,
        others: members,
      },
      options.quotas,
    ),
    ...planRuleProblems(
      joiningPlan({ ports: plannedPorts(ports, args), options, ...surroundings(network, joinable) }),
      { options, network },
      joinable,
    ),
  ];
}

function bindingOptions(binding: boolean | TargetGroupBindingOptions): TargetGroupBindingOptions | undefined {
  if (typeof binding !== "boolean") return binding;
  return binding ? {} : undefined;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html */
function vpcProblems({ vpcId }: ClusterNetwork, { front }: Joinable): Problem[] {
  if (vpcId === front.network.vpcId) return [];
  return [
    {
      propertyPath: "network",
      reason: `its VPC ${vpcId} is not the one of the load balancer "${front.name}" (${front.network.vpcId}), and a target group and its load balancer are in one VPC; join a load balancer in ${vpcId}`,
    },
  ];
}

const surroundings = ({ nodeSecurityGroupId }: ClusterNetwork, joinable: Joinable) => ({
  subnetCidrs: joinable.subnetCidrs,
  sharedNodeRules: joinable.front.sharedNodeRules,
  apart: rulesApart(nodeSecurityGroupId),
  ofOthers: rulesOfOthers(nodeSecurityGroupId, joinable),
});

interface Joining {
  readonly name: string;
  readonly args: Omit<Args, "targetGroupBinding"> & { readonly targetGroupBinding?: BoundService };
  readonly ports: readonly ListenerArgs[];
  /** As the program gives them. */
  readonly declaredPorts: readonly NetworkLoadBalancerPort[];
  readonly parent: ComponentResource;
}

/** Declares the exposure's part of the load balancer that it joins. */
export function join(
  { name, args, ports, declaredPorts, parent }: Joining,
  joinable: Joinable,
): ReturnType<typeof declareListeners> {
  const { network, targetGroupBinding } = args;
  const options = effective(args, joinable);
  const plan = joiningPlan({ ports, options, ...surroundings(network, joinable) });
  const cluster = parent.getProvider("kubernetes:core/v1:Service");
  countPlan(plan, { network, cluster }, joinable);
  joinable.members.push(memberOf(name, declaredPorts, options, network));
  warnOf(
    [...notes(options, declaredPorts), ...togetherNotes(rulesTogether(cluster), options.quotas)],
    parent,
  );
  return declareListeners(
    plan,
    {
      name,
      network,
      options: { ...options, ...withoutUndefined({ tags: args.tags }) },
      isJoining: true,
      // Where the rules are without a load balancer to join.
      formerParent: createUrn(name, "exposure:index:NetworkLoadBalancer", parent),
      parent,
      ...withoutUndefined({ targetGroupBinding }),
    },
    joinable,
  );
}
