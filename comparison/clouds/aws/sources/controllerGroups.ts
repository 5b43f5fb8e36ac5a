/** The security groups that the AWS Load Balancer Controller has made. */
import { paginateDescribeSecurityGroups } from "@aws-sdk/client-ec2";
import type { EC2Client, SecurityGroup } from "@aws-sdk/client-ec2";
import { clusterTag } from "../loadBalancerController/marks.ts";
import type { NodeNetwork } from "./nodeNetwork.ts";

type Place = Pick<NodeNetwork, "vpc" | "clusterName">;

/** @returns their names by id */
export async function readControllerGroups(
  client: EC2Client,
  place: Place,
  abortSignal: AbortSignal,
): Promise<Record<string, string>> {
  const groups = await controllerSecurityGroups(client, place, abortSignal);
  return Object.fromEntries(groups.map(({ GroupId = "", GroupName = "" }) => [GroupId, GroupName]));
}

export async function controllerSecurityGroups(
  client: EC2Client,
  { vpc, clusterName }: Place,
  abortSignal: AbortSignal,
): Promise<SecurityGroup[]> {
  const Filters = [
    { Name: "vpc-id", Values: [vpc] },
    { Name: `tag:${clusterTag}`, Values: [clusterName] },
  ];
  const found: SecurityGroup[] = [];
  for await (const page of paginateDescribeSecurityGroups({ client }, { Filters }, { abortSignal }))
    found.push(...(page.SecurityGroups ?? []));
  return found;
}
