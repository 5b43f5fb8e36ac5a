/** The S3 bucket of access logs, and the policy by which AWS may write there. */
import { all } from "@pulumi/pulumi";
import type { ComponentResource, Resource } from "@pulumi/pulumi";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import type { AccessLogs } from "./loadBalancerOptions.ts";

/** Who writes the logs, in every partition. */
const Principal = { Service: "delivery.logs.amazonaws.com" };

interface Place {
  /** As in ARNs: `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  /** Of the load balancer. */
  readonly accountId: string;
}

/**
 * What AWS documents: the log service may look at the bucket, and write below the prefix for this account's load balancers alone.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html#access-logging-bucket-requirements
 */
export function logBucketPolicy(
  { bucket, prefix }: Pick<AccessLogs, "bucket" | "prefix">,
  { partition, region, accountId }: Place,
) {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const folder = prefix === undefined ? "" : `${prefix}/`;
  const ofAccount = { "aws:SourceAccount": accountId };
  const ArnLike = { "aws:SourceArn": `arn:${partition}:logs:${region}:${accountId}:*` };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AWSLogDeliveryAclCheck",
        Effect: "Allow",
        Principal,
        Action: "s3:GetBucketAcl",
        Resource: arn,
        Condition: { StringEquals: ofAccount, ArnLike },
      },
      {
        Sid: "AWSLogDeliveryWrite",
        Effect: "Allow",
        Principal,
        Action: "s3:PutObject",
        Resource: `${arn}/${folder}AWSLogs/${accountId}/*`,
        Condition: {
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...ofAccount },
          ArnLike,
        },
      },
    ],
  };
}

/** What has to be there before AWS lets a load balancer write logs: the bucket with its policy, if the program makes it. */
export function declareLogBucket(
  name: string,
  {
    accessLogs,
    tags,
  }: { readonly accessLogs?: AccessLogs; readonly tags?: Readonly<Record<string, string>> },
  parent: ComponentResource,
): Resource[] {
  if (accessLogs?.createBucket !== true) return [];
  // S3 itself refuses public access to a new bucket, and encrypts what is written there.
  const bucket = new Bucket(
    `${name}-logs`,
    { bucket: accessLogs.bucket, ...(tags === undefined ? {} : { tags }) },
    { parent },
  );
  const { accountId } = getCallerIdentityOutput({}, { parent });
  const policy = all([bucket.arn, bucket.region, accountId]).apply(([arn, region, account]) =>
    JSON.stringify(
      logBucketPolicy(accessLogs, { partition: arn.split(":")[1] ?? "aws", region, accountId: account }),
    ),
  );
  return [new BucketPolicy(`${name}-logs`, { bucket: bucket.bucket, policy }, { parent })];
}
