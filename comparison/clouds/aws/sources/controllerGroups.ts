/** The security groups that the AWS Load Balancer Controller has made. */
import { paginateDescribeSecurityGroups } from "@aws-sdk/client-ec2";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { clusterTag } from "../loadBalancerController/marks.ts";
import type { NodeNetwork } from "./nodeNetwork.ts";

/** @returns their names by id */
export async function readControllerGroups(
  client: EC2Client,
  { vpc, clusterName }: Pick<NodeNetwork, "vpc" | "clusterName">,
  abortSignal: AbortSignal,
): Promise<Record<string, string>> {
  const Filters = [
    { Name: "vpc-id", Values: [vpc] },
    { Name: `tag:${clusterTag}`, Values: [clusterName] },
  ];
  const names: Record<string, string> = {};
  for await (const page of paginateDescribeSecurityGroups({ client }, { Filters }, { abortSignal })) {
    for (const { GroupId = "", GroupName = "" } of page.SecurityGroups ?? []) names[GroupId] = GroupName;
  }
  return names;
}
