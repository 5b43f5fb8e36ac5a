/** Classic Load Balancers of an account and region, and the security groups that the cloud controller manager makes with them. */
import { paginateDescribeSecurityGroups } from "@aws-sdk/client-ec2";
import type { EC2Client, SecurityGroup } from "@aws-sdk/client-ec2";
import { DescribeTagsCommand, paginateDescribeLoadBalancers } from "@aws-sdk/client-elastic-load-balancing";
import type {
  ElasticLoadBalancingClient,
  LoadBalancerDescription,
} from "@aws-sdk/client-elastic-load-balancing";
import { clusterTagPrefix } from "../../../../components/aws/clusterTags.ts";
import { classicGroupPrefix } from "../cloudControllerManager/marks.ts";
import { inBatches, record } from "./calls.ts";
import type { Tags } from "./tags.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeTags.html */
const namesPerDescribeTags = 20;

export interface ClassicInventory {
  readonly loadBalancers: readonly LoadBalancerDescription[];
  /** By a load balancer's name. */
  readonly tags: (name: string | undefined) => Tags;
}

export async function readClassic(
  client: ElasticLoadBalancingClient,
  abortSignal: AbortSignal,
): Promise<ClassicInventory> {
  const loadBalancers: LoadBalancerDescription[] = [];
  for await (const page of paginateDescribeLoadBalancers({ client }, {}, { abortSignal })) {
    loadBalancers.push(...(page.LoadBalancerDescriptions ?? []));
  }
  const names = loadBalancers.map(({ LoadBalancerName = "" }) => LoadBalancerName);
  const batches = await inBatches(names, namesPerDescribeTags, (LoadBalancerNames) =>
    client.send(new DescribeTagsCommand({ LoadBalancerNames }), { abortSignal }),
  );
  const descriptions = batches.flatMap(({ TagDescriptions = [] }) => TagDescriptions);
  const byName = new Map(descriptions.map((each) => [each.LoadBalancerName, record(each.Tags)]));
  return { loadBalancers, tags: (name) => byName.get(name) ?? {} };
}

export async function readClassicGroups(
  client: EC2Client,
  clusterName: string,
  abortSignal: AbortSignal,
): Promise<SecurityGroup[]> {
  const Filters = [
    { Name: "group-name", Values: [`${classicGroupPrefix}*`] },
    { Name: "tag-key", Values: [`${clusterTagPrefix}${clusterName}`] },
  ];
  const found: SecurityGroup[] = [];
  for await (const page of paginateDescribeSecurityGroups({ client }, { Filters }, { abortSignal })) {
    found.push(...(page.SecurityGroups ?? []));
  }
  return found;
}
