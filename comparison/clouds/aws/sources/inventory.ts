/** All load balancers of an account and region, with their target groups and targets. The Service's load balancer is chosen from it. */
import {
  DescribeTargetHealthCommand,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  TargetGroupNotFoundException,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  LoadBalancer,
  TargetGroup,
  TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { inBatches } from "./calls.ts";

export interface GroupWithTargets {
  readonly group: TargetGroup;
  readonly targets: readonly TargetHealthDescription[];
}

export interface Inventory {
  readonly region: string;
  readonly loadBalancers: readonly LoadBalancer[];
  /** Those that can lead to nodes. */
  readonly groups: readonly GroupWithTargets[];
}

/** Concurrent calls: enough to be fast, few enough to avoid throttling. */
const callsAtOnce = 10;

export async function readInventory(
  client: ElasticLoadBalancingV2Client,
  signal: AbortSignal,
): Promise<Inventory> {
  const [region, loadBalancers, targetGroups] = await Promise.all([
    client.config.region(),
    allLoadBalancers(client, signal),
    allTargetGroups(client, signal),
  ]);
  return { region, loadBalancers, groups: await groupsWithTargets(client, targetGroups, signal) };
}

/** Those of the target groups that can lead to nodes, with their targets. */
export async function groupsWithTargets(
  client: ElasticLoadBalancingV2Client,
  targetGroups: readonly TargetGroup[],
  signal: AbortSignal,
): Promise<GroupWithTargets[]> {
  const leadToNodes = targetGroups.filter(
    ({ TargetType }) => TargetType === "instance" || TargetType === "ip",
  );
  const batches = await inBatches(leadToNodes, callsAtOnce, (batch) =>
    Promise.all(batch.map((group) => withTargets(client, group, signal))),
  );
  return batches.flat();
}

export async function allLoadBalancers(
  client: ElasticLoadBalancingV2Client,
  abortSignal: AbortSignal,
): Promise<LoadBalancer[]> {
  const found: LoadBalancer[] = [];
  for await (const page of paginateDescribeLoadBalancers({ client }, {}, { abortSignal })) {
    found.push(...(page.LoadBalancers ?? []));
  }
  return found;
}

export async function allTargetGroups(
  client: ElasticLoadBalancingV2Client,
  abortSignal: AbortSignal,
): Promise<TargetGroup[]> {
  const found: TargetGroup[] = [];
  for await (const page of paginateDescribeTargetGroups({ client }, {}, { abortSignal })) {
    found.push(...(page.TargetGroups ?? []));
  }
  return found;
}

async function withTargets(
  client: ElasticLoadBalancingV2Client,
  group: TargetGroup,
  abortSignal: AbortSignal,
): Promise<GroupWithTargets> {
  try {
    const { TargetHealthDescriptions = [] } = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group.TargetGroupArn }),
      { abortSignal },
    );
    return { group, targets: TargetHealthDescriptions };
  } catch (error) {
    // The group of another load balancer may be deleted during the reading.
    if (error instanceof TargetGroupNotFoundException) return { group, targets: [] };
    throw error;
  }
}
