import { DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { DescribeListenersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { labClients } from "../../../../lab/clouds/aws/clients.ts";
import { loadBalancerNamed, targetGroupsOf, targetsOf } from "./account.ts";

/** Ids of all that belongs to the load balancer, and the health of its targets. */
export async function balancerParts({ elbv2, ec2 }: ReturnType<typeof labClients>, hostname: string) {
  const { LoadBalancerArn } = await loadBalancerNamed(elbv2, hostname);
  const [{ Listeners = [] }, groups, targets, { SecurityGroupRules = [] }] = await Promise.all([
    elbv2.send(new DescribeListenersCommand({ LoadBalancerArn })),
    targetGroupsOf(elbv2, hostname),
    targetsOf(elbv2, hostname),
    ec2.send(new DescribeSecurityGroupRulesCommand({})),
  ]);
  return {
    LoadBalancerArn,
    listeners: Listeners.map(({ ListenerArn }) => ListenerArn),
    groups: groups.map(({ TargetGroupArn }) => TargetGroupArn),
    targets: targets.map(({ Target, TargetHealth }) => `${Target?.Id} ${TargetHealth?.State}`).sort(),
    rules: SecurityGroupRules.map(({ SecurityGroupRuleId, FromPort, Description }) =>
      [SecurityGroupRuleId, FromPort, Description].join(" "),
    ).sort(),
  };
}
