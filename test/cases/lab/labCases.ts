/** All cases that are tried on the lab, in their order: the first one deploys the program while no controller runs. */
import { anotherConfigurationOfTheController } from "./anotherConfigurationOfTheController.ts";
import { fullSecurityGroup } from "./fullSecurityGroup.ts";
import { hairpin } from "./hairpin.ts";
import type { LabCase } from "./labCase.ts";
import { noAwsAtAll } from "./noAwsAtAll.ts";
import { nodePortChanges } from "./nodePortChanges.ts";
import { nodePortIsTaken } from "./nodePortIsTaken.ts";
import { nodesByAutoScalingGroup } from "./nodesByAutoScalingGroup.ts";
import { oneLoadBalancerForSeveralServices } from "./oneLoadBalancerForSeveralServices.ts";
import { oneRuleForAllNodePorts } from "./oneRuleForAllNodePorts.ts";
import { twoTaggedSecurityGroups } from "./twoTaggedSecurityGroups.ts";

export const labCases: readonly LabCase[] = [
  noAwsAtAll,
  twoTaggedSecurityGroups,
  fullSecurityGroup,
  nodePortIsTaken,
  nodesByAutoScalingGroup,
  nodePortChanges,
  oneRuleForAllNodePorts,
  oneLoadBalancerForSeveralServices,
  anotherConfigurationOfTheController,
  hairpin,
];
