/** aws:s3/bucket:Bucket. Its id is its name. */
import type { BucketArgs, BucketState } from "@pulumi/aws/s3/bucket.js";
import { unlessGone } from "../refusals.ts";
import type { OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";

export const bucket: ResourceType = {
  arguments: {
    bucket: { type: "string", required: true, immutable: true },
    tags: { type: "map" },
  } satisfies ArgumentsOf<BucketArgs>,

  /** Tags come with a call of their own. Without them there is no bucket: a second try makes it again. */
  async create(inputs, tags, { s3 }) {
    const name = inputs.bucket as string;
    await s3.create(name);
    try {
      if (Object.keys(tags).length > 0) await s3.setTags(name, tags);
    } catch (error) {
      await s3.delete(name);
      throw error;
    }
    return name;
  },

  async read(name, { s3 }) {
    const region = await s3.regionOf(name);
    if (region === undefined) return undefined;
    return {
      arn: `arn:${partitionOf(region)}:s3:::${name}`,
      bucket: name,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegion: region,
      region,
      tagsAll: await s3.tags(name),
    } satisfies OutputsOf<BucketState>;
  },

  update: () => Promise.resolve(),

  /** Only an empty one can be deleted. */
  async delete(name, _outputs, { s3 }) {
    await unlessGone(["NoSuchBucket"], () => s3.delete(name));
  },

  async setTags(name, { set, remove }, { s3 }) {
    const kept = Object.entries(await s3.tags(name)).filter(([key]) => !remove.includes(key));
    await s3.setTags(name, { ...Object.fromEntries(kept), ...set });
  },
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
