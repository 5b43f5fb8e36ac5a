/** The objects on AWS that a program declared, by the resources of its stack's state. */
import * as v from "valibot";
import type { DeclaredInCloud, StateResource } from "../../sources/state.ts";
import { memberKey, outputsOf } from "../../sources/state.ts";
import { owner as controller } from "./loadBalancerController/marks.ts";

const text = v.optional(v.string());
const identified = v.object({ arn: text, securityGroupRuleId: text });
const targetGroupAttachment = v.object({ targetGroupArn: v.string(), targetId: v.string() });
const autoscalingAttachment = v.object({ lbTargetGroupArn: v.string() });
const targetGroupBinding = v.object({ spec: v.object({ targetGroupARN: v.string() }) });

export function declaredOnAws(resources: readonly StateResource[]): DeclaredInCloud {
  return {
    ids: new Set(resources.filter(({ type }) => type.startsWith("aws:")).flatMap(idsOf)),
    // The target group attachment of packages `lb`, `alb` and `elasticloadbalancingv2` is the same.
    members: new Set(
      outputsOf(resources, /^aws:.+:TargetGroupAttachment$/, targetGroupAttachment).map((member) =>
        memberKey(member.targetGroupArn, member.targetId),
      ),
    ),
    attachedPools: new Set(
      outputsOf(resources, /^aws:autoscaling\/attachment:Attachment$/, autoscalingAttachment).map(
        ({ lbTargetGroupArn }) => lbTargetGroupArn,
      ),
    ),
    poolsOfControllers: new Map(
      outputsOf(resources, /^kubernetes:elbv2\.k8s\.aws\/v1\w*:TargetGroupBinding$/, targetGroupBinding).map(
        ({ spec }) => [spec.targetGroupARN, controller],
      ),
    ),
  };
}

/** ARNs, and ids of security group rules. For most types, Pulumi's id is AWS's. */
function idsOf({ id, outputs }: StateResource): string[] {
  const named = v.safeParse(identified, outputs);
  const more = named.success ? [named.output.arn, named.output.securityGroupRuleId] : [];
  return [id, ...more].filter((each) => each !== undefined);
}
