/** Tags: AWS's lists, Pulumi's maps, and the default ones of the provider's configuration. */
import { CreateTagsCommand, DeleteTagsCommand } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  AddTagsCommand,
  DescribeTagsCommand,
  RemoveTagsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Context } from "./resource.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const tagList = (tags: Record<string, string>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** AWS's own tags (`aws:...`) are omitted: only AWS may change them. */
export const tagMap = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(
    tags.flatMap(({ Key, Value }) =>
      Key === undefined || Key.startsWith("aws:") ? [] : [[Key, Value ?? ""]],
    ),
  );

/** The argument of a create call: AWS refuses an empty list. */
export const tagsArgument = (tags: Record<string, string>) =>
  Object.keys(tags).length > 0 ? { Tags: tagList(tags) } : {};

export async function elbv2Tags(
  elbv2: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<Record<string, string>> {
  const { TagDescriptions = [] } = await elbv2.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return tagMap(TagDescriptions[0]?.Tags);
}

export async function setElbv2Tags(
  arn: string,
  { set, remove }: { readonly set: Record<string, string>; readonly remove: readonly string[] },
  { elbv2 }: Context,
): Promise<void> {
  if (remove.length > 0)
    await elbv2.send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys: [...remove] }));
  if (Object.keys(set).length > 0)
    await elbv2.send(new AddTagsCommand({ ResourceArns: [arn], Tags: tagList(set) }));
}

/** Of an EC2 object, by its id. */
export async function setEc2Tags(
  id: string,
  { set, remove }: { readonly set: Record<string, string>; readonly remove: readonly string[] },
  { ec2 }: Context,
): Promise<void> {
  const Resources = [id];
  if (remove.length > 0)
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: remove.map((Key) => ({ Key })) }));
  if (Object.keys(set).length > 0) await ec2.send(new CreateTagsCommand({ Resources, Tags: tagList(set) }));
}
