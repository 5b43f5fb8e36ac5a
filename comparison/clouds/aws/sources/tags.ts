/** Tags of load balancers, listeners and target groups. */
import { DescribeTagsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { inBatches, record } from "./calls.ts";

export type Tags = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const resourcesPerDescribeTags = 20;

export async function tagsOf(
  client: ElasticLoadBalancingV2Client,
  arns: readonly string[],
  abortSignal: AbortSignal,
): Promise<(arn: string | undefined) => Tags> {
  const batches = await inBatches(arns, resourcesPerDescribeTags, (ResourceArns) =>
    client.send(new DescribeTagsCommand({ ResourceArns }), { abortSignal }),
  );
  const descriptions = batches.flatMap(({ TagDescriptions = [] }) => TagDescriptions);
  const byArn = new Map(descriptions.map(({ ResourceArn, Tags }) => [ResourceArn, record(Tags)]));
  return (arn) => byArn.get(arn) ?? {};
}
