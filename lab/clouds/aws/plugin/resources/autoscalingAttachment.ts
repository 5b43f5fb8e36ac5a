/**
 * aws:autoscaling/attachment:Attachment: one Auto Scaling group attached to one target group. Its id contains both, so that it can be found and imported. The
 * official plug-in's id is the group's name with a random suffix, from which nothing can be imported.
 */
import type { AttachmentArgs, AttachmentState } from "@pulumi/aws/autoscaling/attachment.js";
import {
  AttachLoadBalancerTargetGroupsCommand,
  DescribeAutoScalingGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import { textOf } from "../../../../providers/values.ts";
import type { OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";

/** `<group>,<target group ARN>`: a group's name may contain commas, the ARN of a target group does not. */
function parseId(id: string) {
  const comma = id.lastIndexOf(",");
  const [group, arn] = [id.slice(0, Math.max(0, comma)), id.slice(comma + 1)];
  if (group === "" || !arn.startsWith("arn:"))
    throw new Error(
      `"${id}" is not the id of an Auto Scaling group's attachment: expected <group's name>,<target group ARN>`,
    );
  return { AutoScalingGroupName: group, TargetGroupARNs: [arn] };
}

export const autoscalingAttachment: ResourceType = {
  arguments: {
    autoscalingGroupName: { type: "string", required: true, immutable: true },
    lbTargetGroupArn: { type: "string", required: true, immutable: true },
  } satisfies ArgumentsOf<AttachmentArgs>,

  async create(inputs, _tags, { autoscaling }) {
    const id = [inputs.autoscalingGroupName, inputs.lbTargetGroupArn].map(textOf).join(",");
    await autoscaling.send(new AttachLoadBalancerTargetGroupsCommand(parseId(id)));
    return id;
  },

  async read(id, { autoscaling, region }) {
    const { AutoScalingGroupName, TargetGroupARNs } = parseId(id);
    const [lbTargetGroupArn = ""] = TargetGroupARNs;
    // For a group that does not exist the answer is an empty list.
    const { AutoScalingGroups = [] } = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] }),
    );
    if (AutoScalingGroups[0]?.TargetGroupARNs?.includes(lbTargetGroupArn) !== true) return undefined;
    return {
      autoscalingGroupName: AutoScalingGroupName,
      lbTargetGroupArn,
      region,
    } satisfies OutputsOf<AttachmentState>;
  },

  update: () => Promise.resolve(),

  async delete(id, _outputs, context) {
    // A deleted group and one that is no longer attached give the same error as anything else that AWS calls invalid.
    if ((await this.read(id, context)) === undefined) return;
    await context.autoscaling.send(new DetachLoadBalancerTargetGroupsCommand(parseId(id)));
  },
};
