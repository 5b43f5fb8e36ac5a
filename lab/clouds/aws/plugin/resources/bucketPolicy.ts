/** aws:s3/bucketPolicy:BucketPolicy. Its id is the bucket's name. */
import type { BucketPolicyArgs, BucketPolicyState } from "@pulumi/aws/s3/bucketPolicy.js";
import { unlessGone } from "../refusals.ts";
import type { OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";

export const bucketPolicy: ResourceType = {
  arguments: {
    bucket: { type: "string", required: true, immutable: true },
    policy: { type: "string", required: true },
  } satisfies ArgumentsOf<BucketPolicyArgs>,

  async create(inputs, _tags, { s3 }) {
    const bucket = inputs.bucket as string;
    await s3.setPolicy(bucket, inputs.policy as string);
    return bucket;
  },

  async read(bucket, { s3, region }) {
    const policy = await s3.policy(bucket);
    return policy === undefined
      ? undefined
      : ({ bucket, policy, region } satisfies OutputsOf<BucketPolicyState>);
  },

  update: (bucket, _before, after, { s3 }) => s3.setPolicy(bucket, after.policy as string),

  async delete(bucket, _outputs, { s3 }) {
    await unlessGone(["NoSuchBucket", "NoSuchBucketPolicy"], () => s3.deletePolicy(bucket));
  },
};
