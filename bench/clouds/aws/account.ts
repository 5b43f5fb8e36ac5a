/** What the exposures take up in the AWS account: rules of the nodes' security group, target groups, targets. */
import { paginateDescribeSecurityGroups } from "@aws-sdk/client-ec2";
import {
  DescribeTargetHealthCommand,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { labClients } from "../../../lab/clouds/aws/clients.ts";
import { clusterName } from "../../../lab/layout.ts";
import type { LabSettings } from "../../../lab/settings.ts";

export async function accountSize(settings: LabSettings): Promise<Record<string, number>> {
  const { ec2, elbv2 } = labClients(settings);
  const ofCluster = { Filters: [{ Name: "tag-key", Values: [`kubernetes.io/cluster/${clusterName}`] }] };
  let securityGroupRules = 0;
  for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client: ec2 }, ofCluster)) {
    for (const permission of SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions)) {
      const { IpRanges = [], UserIdGroupPairs = [] } = permission;
      securityGroupRules += IpRanges.length + UserIdGroupPairs.length;
    }
  }
  let [targetGroups, targets] = [0, 0];
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client: elbv2 }, {})) {
    for (const { TargetGroupArn } of TargetGroups) {
      const { TargetHealthDescriptions = [] } = await elbv2.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      targetGroups += 1;
      targets += TargetHealthDescriptions.length;
    }
  }
  return { "security groups: the nodes' rules": securityGroupRules, "target groups": targetGroups, targets };
}

export async function loadBalancerCount(settings: LabSettings): Promise<number> {
  let count = 0;
  const { elbv2: client } = labClients(settings);
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
    count += LoadBalancers.length;
  return count;
}
