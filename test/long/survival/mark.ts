/** A word written to the cluster and the account. What an API confirmed before a kill must still be known after it. */
import { AddTagsCommand, DescribeTagsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { V1ConfigMap } from "@kubernetes/client-node";
import { loadBalancerNamed } from "../../live/clouds/aws/account.ts";
import type { Subject } from "./subject.ts";

/** On the load balancer of the left side. */
export const markTag = "survival";

const namespace = "default";
const name = "survival";

export interface Mark {
  readonly cluster: string | undefined;
  readonly account: string | undefined;
}

/** Resolves when both APIs have confirmed it. */
export async function writeMark({ core, aws: { elbv2 }, ways }: Subject, word: string): Promise<void> {
  const { LoadBalancerArn = "" } = await loadBalancerNamed(elbv2, ways.left.hostname);
  const body = Object.assign(new V1ConfigMap(), { metadata: { name }, data: { word } });
  await core.deleteNamespacedConfigMap({ namespace, name }).catch(() => undefined);
  await Promise.all([
    core.createNamespacedConfigMap({ namespace, body }),
    elbv2.send(
      new AddTagsCommand({ ResourceArns: [LoadBalancerArn], Tags: [{ Key: markTag, Value: word }] }),
    ),
  ]);
}

export async function readMark({ core, aws: { elbv2 }, ways }: Subject): Promise<Mark> {
  const { LoadBalancerArn = "" } = await loadBalancerNamed(elbv2, ways.left.hostname);
  const [{ data }, { TagDescriptions = [] }] = await Promise.all([
    core.readNamespacedConfigMap({ namespace, name }),
    elbv2.send(new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] })),
  ]);
  const tags = TagDescriptions.flatMap(({ Tags = [] }) => Tags);
  return { cluster: data?.word, account: tags.find(({ Key }) => Key === markTag)?.Value };
}
