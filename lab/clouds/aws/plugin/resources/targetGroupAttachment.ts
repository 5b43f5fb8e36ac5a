/** aws:lb/targetGroupAttachment:TargetGroupAttachment: one target in one group. Its id contains all arguments, so that it can be imported. */
import type {
  TargetGroupAttachmentArgs,
  TargetGroupAttachmentState,
} from "@pulumi/aws/lb/targetGroupAttachment.js";
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { textOf } from "../../../../providers/values.ts";
import type { OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";
import { unlessGone } from "../refusals.ts";

/** `<target group ARN>,<target>[,<port>]` */
function parseId(id: string) {
  const [TargetGroupArn, Id, port] = id.split(",");
  if (TargetGroupArn === undefined || Id === undefined)
    throw new Error(
      `"${id}" is not the id of an attachment: expected <target group ARN>,<target id>[,<port>]`,
    );
  return { TargetGroupArn, target: { Id, ...(port === undefined ? {} : { Port: Number(port) }) } };
}

export const targetGroupAttachment: ResourceType = {
  arguments: {
    targetGroupArn: { type: "string", required: true, immutable: true },
    targetId: { type: "string", required: true, immutable: true },
    port: { type: "number", min: 1, max: 65535, immutable: true },
  } satisfies ArgumentsOf<TargetGroupAttachmentArgs>,

  async create(inputs, _tags, { elbv2 }) {
    const parts = [inputs.targetGroupArn, inputs.targetId, inputs.port];
    const id = parts.map(textOf).filter(Boolean).join(",");
    const { TargetGroupArn, target } = parseId(id);
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [target] }));
    return id;
  },

  async read(id, { elbv2, region }) {
    const { TargetGroupArn, target } = parseId(id);
    // The answer also has targets that were never registered: they are unused, with the reason Target.NotRegistered.
    const answer = await unlessGone(["TargetGroupNotFoundException", "InvalidTargetException"], () =>
      elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn, Targets: [target] })),
    );
    const health = answer?.TargetHealthDescriptions?.[0]?.TargetHealth;
    if (!health || health.Reason === "Target.NotRegistered" || health.State === "draining") return undefined;
    return {
      port: target.Port,
      region,
      targetGroupArn: TargetGroupArn,
      targetId: target.Id,
    } satisfies OutputsOf<TargetGroupAttachmentState>;
  },

  update: () => Promise.resolve(),

  async delete(id, _outputs, { elbv2 }) {
    const { TargetGroupArn, target } = parseId(id);
    await unlessGone(["TargetGroupNotFoundException"], () =>
      elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets: [target] })),
    );
  },
};
