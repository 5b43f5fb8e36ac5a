/** One type of AWS object: its arguments, and the calls that make, read, change and delete it. */
import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Failure } from "../../../providers/protocol.ts";
import type { Properties, Value } from "../../../providers/values.ts";
import type { QueryService } from "../calls/query.ts";
import type { CloudWatch } from "../cloudwatch/cloudWatch.ts";
import type { Route53 } from "../route53/route53.ts";
import type { S3 } from "../s3/s3.ts";
import type { Arguments } from "./schema.ts";

export interface Context {
  readonly autoscaling: AutoScalingClient;
  readonly cloudWatch: CloudWatch;
  readonly ec2: EC2Client;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly route53: Route53;
  readonly s3: S3;
  readonly sts: QueryService;
  readonly region: string;
  /** Ends when the user interrupts. */
  readonly signal: AbortSignal;
  /** From customTimeouts; undefined if not given. */
  readonly timeoutSeconds: number | undefined;
}

/** Pauses between the calls by which the plug-in waits for AWS. */
export const patience = { pauseMs: 50, longestPauseMs: 5000 } as const;

/** Outputs by their names in @pulumi/aws; undefined if AWS does not return them. */
export type OutputsOf<SdkState> = { readonly [Name in keyof SdkState]?: Value | undefined } & Readonly<
  Record<string, Value | undefined>
>;

export interface ResourceType {
  readonly arguments: Arguments;
  /** For types with a name: its maximum length. */
  readonly maxNameLength?: number;
  /** Checks what the arguments' types do not express. Arguments may be unknown in a preview. */
  validate?(inputs: Properties): Failure[];
  /** Arguments whose change makes a new object, if that depends on the values. */
  replacedBy?(before: Properties, after: Properties): readonly string[];
  /** @param tags the object's tags merged with the default ones @returns the id */
  create(inputs: Properties, tags: Record<string, string>, context: Context): Promise<string>;
  /** Finishes and waits after the object exists. If this fails, the engine still knows the object. */
  settle?(id: string, inputs: Properties, context: Context): Promise<void>;
  /** @returns undefined if the object is gone; with `tagsAll` if it has tags */
  read(id: string, context: Context): Promise<Record<string, Value | undefined> | undefined>;
  /** Changes everything that differs, except for tags. */
  update(id: string, before: Properties, after: Properties, context: Context): Promise<void>;
  /** Succeeds if the object is already gone. */
  delete(id: string, outputs: Properties, context: Context): Promise<void>;
  /** Absent for types without tags. */
  setTags?(
    id: string,
    change: { readonly set: Record<string, string>; readonly remove: readonly string[] },
    context: Context,
  ): Promise<void>;
}

/** Whether any of the named arguments differs. */
export const differs = (before: Properties, after: Properties, ...names: readonly string[]): boolean =>
  names.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
