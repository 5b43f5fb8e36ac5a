/** Where the cluster's nodes are on AWS. */
import { DescribeSecurityGroupsCommand, paginateDescribeInstances } from "@aws-sdk/client-ec2";
import type { EC2Client, Instance } from "@aws-sdk/client-ec2";
import type { NodeFacts } from "../../../model/cluster.ts";
import { byText } from "../../../sources/order.ts";
import { clusterTagPrefix } from "../../../../components/aws/clusterTags.ts";
import { PlainReason } from "../../../sources/reasons/plainReason.ts";
import { isOnFargate } from "../fargate.ts";
import { inBatches } from "./calls.ts";

export interface NodeNetwork {
  /** The cluster's id in `kubernetes.io/cluster/<id>` tags. */
  readonly clusterName: string;
  readonly vpc: string;
  /** Groups in which the cloud controller manager can write its rules, by instance. It needs exactly one of each. */
  readonly groupsByInstance: Readonly<Record<string, readonly string[]>>;
  /** All groups that decide which traffic reaches a node. */
  readonly allSecurityGroups: readonly string[];
  /** Those that a node has together, every combination once. */
  readonly securityGroupsOfNodes: readonly (readonly string[])[];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const filterValues = 200;

/** @throws PlainReason if the nodes are Fargate's or not instances here, or have no cluster tag */
export async function readNodeNetwork(
  client: EC2Client,
  nodes: readonly NodeFacts[],
  abortSignal: AbortSignal,
): Promise<NodeNetwork> {
  if (nodes.length > 0 && nodes.every(isOnFargate))
    throw new PlainReason(
      "all nodes of the cluster are Fargate's: they are no instances, so none can be a target, and nothing on them serves node ports; only load balancers with pods as targets lead to Services here",
    );
  const instances = await instancesOf(client, nodes, abortSignal);
  const vpc = instances[0]?.VpcId;
  if (vpc === undefined) {
    throw new PlainReason(
      `the EC2 API in ${await client.config.region()} knows none of the cluster's nodes as an instance; check AWS_PROFILE and AWS_REGION`,
    );
  }
  const clusterName = clusterNameOf(instances);
  const all = byText([...new Set(instances.flatMap(groupsOf))]);
  const tagged = await taggedGroups(client, all, clusterName, abortSignal);
  return {
    clusterName,
    vpc,
    groupsByInstance: Object.fromEntries(
      instances.map((instance) => [instance.InstanceId ?? "", clusterGroups(groupsOf(instance), tagged)]),
    ),
    allSecurityGroups: all,
    securityGroupsOfNodes: combinations(instances),
  };
}

/** Uses a filter: unlike a list of ids, it does not fail for a deleted instance. */
async function instancesOf(
  client: EC2Client,
  nodes: readonly NodeFacts[],
  abortSignal: AbortSignal,
): Promise<Instance[]> {
  // Beside instances, there may be nodes of Fargate.
  const ids = nodes.map(({ instanceId }) => instanceId).filter((id) => id.startsWith("i-"));
  const found: Instance[] = [];
  await inBatches(ids, filterValues, async (Values) => {
    const Filters = [{ Name: "instance-id", Values }];
    for await (const page of paginateDescribeInstances({ client }, { Filters }, { abortSignal })) {
      found.push(...(page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances));
    }
  });
  return found;
}

/** An instance belongs to one cluster: cloud-provider-aws v1.35.0, pkg/providers/v1/tags.go (findClusterIDs). */
function clusterNameOf(instances: readonly Instance[]): string {
  const keys = instances.flatMap(({ Tags = [] }) => Tags.map(({ Key = "" }) => Key));
  const names = keys
    .filter((key) => key.startsWith(clusterTagPrefix))
    .map((key) => key.slice(clusterTagPrefix.length));
  const [name, ...others] = byText([...new Set(names)]);
  if (name === undefined) {
    throw new PlainReason(
      `no instance of the cluster's nodes has a tag ${clusterTagPrefix}<cluster name>, which the cloud controller manager needs to find them; tag them`,
    );
  }
  if (others.length > 0) {
    throw new PlainReason(
      `the instances of the cluster's nodes have tags of several clusters: ${[name, ...others].join(", ")}; keep only one`,
    );
  }
  return name;
}

function groupsOf({ SecurityGroups = [] }: Instance): string[] {
  return SecurityGroups.map(({ GroupId = "" }) => GroupId);
}

function combinations(instances: readonly Instance[]): string[][] {
  const byGroups = new Map(
    instances.map(groupsOf).map((groups) => [byText(groups).join(" "), byText(groups)]),
  );
  return [...byGroups.values()];
}

/** Without a tagged group, it takes any: cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (findSecurityGroupForInstance). */
function clusterGroups(ids: readonly string[], tagged: ReadonlySet<string>): readonly string[] {
  const own = ids.filter((id) => tagged.has(id));
  return byText(own.length === 0 ? ids : own);
}

async function taggedGroups(
  client: EC2Client,
  ids: readonly string[],
  clusterName: string,
  abortSignal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { SecurityGroups = [] } = await client.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [...ids] }),
    {
      abortSignal,
    },
  );
  const tagged = SecurityGroups.filter(({ Tags = [] }) =>
    Tags.some(({ Key }) => Key === `${clusterTagPrefix}${clusterName}`),
  );
  return new Set(tagged.map(({ GroupId = "" }) => GroupId));
}
