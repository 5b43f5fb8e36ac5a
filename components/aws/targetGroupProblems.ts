/** What is wrong with the target groups of a load balancer's ports, whether the load balancer is the exposure's own or shared. */
import type { Problem } from "../core/validation.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { nameProblems } from "./names.ts";
import type { NetworkLoadBalancerPort } from "./options.ts";
import { nodeSelectorProblems } from "./targetGroupBinding.ts";
import type { TargetGroupBindingOptions } from "./targetGroupBinding.ts";
import { bindingProblems, groupProblems, targetGroupSuffix } from "./targets.ts";
import type { TargetType } from "./targetType.ts";
import { regionProblems } from "./tlsProblems.ts";

interface Declared {
  readonly name: string;
  readonly ports: readonly NetworkLoadBalancerPort[];
  readonly network: Pick<ClusterNetwork, "autoscalingGroupNames" | "subnets">;
  /** Undefined if the program attaches the nodes. */
  readonly binding: TargetGroupBindingOptions | undefined;
  readonly targetType: TargetType | undefined;
  /** Of the load balancer, which its target groups have as well. */
  readonly suffix: string;
}

export function targetGroupProblems(declared: Declared): Problem[] {
  const { name, ports, network, binding, targetType, suffix } = declared;
  const isBound = binding !== undefined;
  return [
    ...nameProblems(name, ports, `${targetGroupSuffix(network, isBound, targetType)}${suffix}`),
    ...groupProblems(network),
    ...bindingProblems(network, isBound),
    ...nodeSelectorProblems(binding ?? {}),
    ...regionProblems(
      ports,
      network.subnets.map(({ availabilityZone }) => availabilityZone),
    ),
  ];
}
