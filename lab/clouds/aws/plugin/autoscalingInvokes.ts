/** Look-ups of Auto Scaling groups. */
import type { GetAmiIdsResult } from "@pulumi/aws/autoscaling/getAmiIds.js";
import type { GetGroupResult } from "@pulumi/aws/autoscaling/getGroup.js";
import { paginateDescribeAutoScalingGroups } from "@aws-sdk/client-auto-scaling";
import type { Properties } from "../../../providers/values.ts";
import { all, filterList, filters, present, type Invoke, type ResultOf } from "./lookUps.ts";
import type { Context } from "./resource.ts";

/** The list of groups. The official plug-in calls it so as well. */
async function getAmiIds(args: Properties, { autoscaling, region }: Context) {
  const names = args.names === undefined ? {} : { AutoScalingGroupNames: args.names as string[] };
  const pages = paginateDescribeAutoScalingGroups(
    { client: autoscaling },
    { ...names, ...filterList({ filters: args.filters }) },
  );
  const found = await all(pages, (page) => page.AutoScalingGroups);
  return {
    ...args,
    arns: present(found.map((group) => group.AutoScalingGroupARN)).sort(),
    id: region,
    names: present(found.map((group) => group.AutoScalingGroupName)).sort(),
    region,
  } satisfies ResultOf<GetAmiIdsResult>;
}

async function getGroup(args: Properties, { autoscaling, region }: Context) {
  const name = args.name as string;
  const pages = paginateDescribeAutoScalingGroups({ client: autoscaling }, { AutoScalingGroupNames: [name] });
  const [group] = await all(pages, (page) => page.AutoScalingGroups);
  if (!group) throw new Error(`there is no Auto Scaling group "${name}"`);
  return {
    arn: group.AutoScalingGroupARN,
    availabilityZones: group.AvailabilityZones,
    desiredCapacity: group.DesiredCapacity,
    healthCheckType: group.HealthCheckType,
    id: name,
    maxSize: group.MaxSize,
    minSize: group.MinSize,
    name,
    region,
    targetGroupArns: group.TargetGroupARNs ?? [],
    vpcZoneIdentifier: group.VPCZoneIdentifier,
  } satisfies ResultOf<GetGroupResult>;
}

export const autoscalingInvokes: Readonly<Record<string, Invoke>> = {
  "aws:autoscaling/getAmiIds:getAmiIds": {
    arguments: { filters, names: { type: "list", of: { type: "string" } } },
    call: getAmiIds,
  },
  "aws:autoscaling/getGroup:getGroup": {
    arguments: { name: { type: "string", required: true } },
    call: getGroup,
  },
};
