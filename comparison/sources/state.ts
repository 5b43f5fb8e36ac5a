/** A stack's state as a source: the existing objects that its program declared. */
import * as v from "valibot";
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";

/** The objects that a program declared, by their ids in the cloud and the cluster. */
export interface Declared {
  /** ARNs, and ids of security group rules. */
  readonly ids: ReadonlySet<string>;
  /** Services as {@link serviceKey}. */
  readonly services: ReadonlySet<string>;
  /** Targets as {@link targetKey}. */
  readonly targets: ReadonlySet<string>;
  /** ARNs of target groups that the program attached to Auto Scaling groups: AWS registers their instances there. */
  readonly attachedGroups: ReadonlySet<string>;
}

export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

export function targetKey(targetGroupArn: string, targetId: string): string {
  return `${targetGroupArn} ${targetId}`;
}

const text = v.optional(v.string());

/** The part of a deployment's resource that is read here: https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/go/common/apitype/core.go (ResourceV3) */
const resource = v.object({
  type: v.string(),
  id: text,
  /** It was replaced, and waits for its deletion. */
  delete: v.optional(v.boolean(), false),
  /** The program read it, and did not make it. */
  external: v.optional(v.boolean(), false),
  outputs: v.optional(v.record(v.string(), v.unknown()), {}),
});

type Resource = v.InferOutput<typeof resource>;

const exported = v.object({ deployment: v.object({ resources: v.optional(v.array(resource), []) }) });

const service = v.object({ metadata: v.object({ namespace: v.string(), name: v.string() }) });
const attachment = v.object({ targetGroupArn: v.string(), targetId: v.string() });
const autoscalingAttachment = v.object({ lbTargetGroupArn: v.string() });
const identified = v.object({ arn: text, securityGroupRuleId: text });

/** @param deployment what `pulumi stack export` prints, parsed */
export function declaredIn(deployment: unknown): SourceResult<Declared> {
  const parsed = v.safeParse(exported, deployment);
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? "the whole";
    return unreachable(
      `the stack's state is not the output of pulumi stack export: ${path} is not as expected`,
    );
  }
  const resources = parsed.output.deployment.resources.filter((each) => !each.delete && !each.external);
  if (resources.length === 0) return unreachable("the stack's state is empty: the stack deployed nothing");
  return known({
    ids: new Set(resources.filter(({ type }) => type.startsWith("aws:")).flatMap(idsOf)),
    services: new Set(
      outputsOf(resources, /^kubernetes:core\/v1:Service$/, service).map(({ metadata }) =>
        serviceKey(metadata.namespace, metadata.name),
      ),
    ),
    targets: new Set(
      outputsOf(resources, /^aws:.+:TargetGroupAttachment$/, attachment).map((target) =>
        targetKey(target.targetGroupArn, target.targetId),
      ),
    ),
    attachedGroups: new Set(
      outputsOf(resources, /^aws:autoscaling\/attachment:Attachment$/, autoscalingAttachment).map(
        ({ lbTargetGroupArn }) => lbTargetGroupArn,
      ),
    ),
  });
}

/** For most types, Pulumi's id is AWS's. */
function idsOf({ id, outputs }: Resource): string[] {
  const named = v.safeParse(identified, outputs);
  const more = named.success ? [named.output.arn, named.output.securityGroupRuleId] : [];
  return [id, ...more].filter((each) => each !== undefined);
}

/** Outputs of a type's resources. A resource that was never made has none, and owns nothing. */
function outputsOf<T extends v.GenericSchema>(
  resources: readonly Resource[],
  type: RegExp,
  schema: T,
): v.InferOutput<T>[] {
  return resources
    .filter((each) => type.test(each.type))
    .map((each) => v.safeParse(schema, each.outputs))
    .flatMap((parsed) => (parsed.success ? [parsed.output] : []));
}

function unreachable(reason: string): SourceResult<never> {
  return { kind: "unreachable", reason };
}
