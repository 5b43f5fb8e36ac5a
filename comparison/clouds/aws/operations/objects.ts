/** All parts of load balancers in front of the nodes: ARNs, and ids of security groups and their rules. */
import { paginateDescribeSecurityGroups } from "@aws-sdk/client-ec2";
import type { EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { rulesIn } from "./firewall.ts";

export async function identities(
  client: ElasticLoadBalancingV2Client,
  ec2: EC2Client,
): Promise<Record<string, string[]>> {
  const loadBalancers: string[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
    loadBalancers.push(...LoadBalancers.flatMap(({ LoadBalancerArn = [] }) => LoadBalancerArn));
  const listeners = await Promise.all(
    loadBalancers.map((LoadBalancerArn) => client.send(new DescribeListenersCommand({ LoadBalancerArn }))),
  );
  const targetGroups: string[] = [];
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client }, {}))
    targetGroups.push(...TargetGroups.flatMap(({ TargetGroupArn = [] }) => TargetGroupArn));
  const securityGroups: string[] = [];
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client: ec2 }, {}))
    securityGroups.push(...SecurityGroups.flatMap(({ GroupId = [] }) => GroupId));
  return {
    "load balancer": loadBalancers,
    listener: listeners.flatMap(({ Listeners = [] }) =>
      Listeners.flatMap(({ ListenerArn = [] }) => ListenerArn),
    ),
    "target group": targetGroups,
    "security group": securityGroups,
    rule: (await rulesIn(ec2)).flatMap(({ SecurityGroupRuleId = [] }) => SecurityGroupRuleId),
  };
}
