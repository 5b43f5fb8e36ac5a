/** What the cluster and the account hold, as their APIs tell it: without what changes by itself. */
import { paginateDescribeInstances, paginateDescribeSecurityGroupRules } from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import { markTag } from "./mark.ts";
import type { Subject } from "./subject.ts";

/** Lists of what there is, by its kind. */
export type Snapshot = Readonly<Record<string, readonly unknown[]>>;

export async function snapshotOf(subject: Subject): Promise<Snapshot> {
  const [cluster, network, ...balancers] = await Promise.all([
    clusterOf(subject),
    networkOf(subject),
    ...[subject.ways.left, subject.ways.right].map(({ hostname }) => balancerOf(subject, hostname)),
  ]);
  const there = await subject.account.loadBalancers();
  return { ...cluster, ...network, balancers, names: inOrder(there.map(({ DNSName }) => DNSName)) };
}

async function clusterOf({ core, apps, discovery }: Subject): Promise<Snapshot> {
  const [services, deployments, pods, nodes, slices] = await Promise.all([
    core.listServiceForAllNamespaces(),
    apps.listDeploymentForAllNamespaces(),
    core.listPodForAllNamespaces(),
    core.listNode(),
    discovery.listEndpointSliceForAllNamespaces(),
  ]);
  return {
    services: inOrder(
      services.items.map(({ metadata, spec, status }) => [
        metadata?.name,
        metadata?.uid,
        spec,
        status?.loadBalancer,
      ]),
    ),
    deployments: inOrder(
      deployments.items.map(({ metadata, spec, status }) => [
        metadata?.name,
        metadata?.uid,
        spec?.replicas,
        status?.availableReplicas,
      ]),
    ),
    pods: inOrder(
      pods.items.map(({ metadata, spec, status }) => [
        metadata?.name,
        metadata?.uid,
        spec?.nodeName,
        isTrue(status?.conditions, "Ready"),
      ]),
    ),
    nodes: inOrder(
      nodes.items.map(({ metadata, spec, status }) => [
        metadata?.name,
        metadata?.uid,
        spec,
        isTrue(status?.conditions, "Ready"),
      ]),
    ),
    // A pod has another address after its node was killed.
    endpoints: inOrder(
      slices.items.flatMap(({ metadata, endpoints }) =>
        endpoints.map(({ targetRef, conditions }) => [metadata?.name, targetRef?.name, conditions?.ready]),
      ),
    ),
  };
}

async function networkOf({ aws: { ec2: client } }: Subject): Promise<Snapshot> {
  const instances: unknown[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, {}))
    for (const { Instances = [] } of Reservations)
      instances.push(
        ...Instances.map(({ InstanceId, State, PrivateIpAddress, Tags }) => [
          InstanceId,
          State?.Name,
          PrivateIpAddress,
          Tags,
        ]),
      );
  const rules: unknown[] = [];
  for await (const { SecurityGroupRules = [] } of paginateDescribeSecurityGroupRules({ client }, {}))
    rules.push(...SecurityGroupRules);
  return { instances: inOrder(instances), rules: inOrder(rules) };
}

async function balancerOf({ account, aws: { elbv2 } }: Subject, hostname: string): Promise<unknown> {
  const balancer: LoadBalancer = await account.loadBalancer(hostname);
  const { LoadBalancerArn } = balancer;
  const [{ Listeners = [] }, { Attributes = [] }, groups, targets] = await Promise.all([
    elbv2.send(new DescribeListenersCommand({ LoadBalancerArn })),
    elbv2.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
    account.targetGroups(hostname),
    account.targets(hostname),
  ]);
  const attributes = await Promise.all(
    groups.map(({ TargetGroupArn }) => account.targetGroupAttributes(TargetGroupArn)),
  );
  const ResourceArns = [LoadBalancerArn ?? "", ...groups.map(({ TargetGroupArn }) => TargetGroupArn)];
  const { TagDescriptions = [] } = await elbv2.send(new DescribeTagsCommand({ ResourceArns }));
  return {
    balancer,
    listeners: inOrder(Listeners),
    attributes: inOrder(Attributes),
    groups: groups.map((group, index) => [group, attributes[index]]),
    targets: inOrder(targets),
    tags: inOrder(TagDescriptions.flatMap(({ Tags = [] }) => Tags.filter(({ Key }) => Key !== markTag))),
  };
}

/** The same whatever order the API had. */
function inOrder(items: readonly unknown[]): unknown[] {
  return items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

function isTrue(
  conditions: readonly { readonly type: string; readonly status: string }[] | undefined,
  type: string,
): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;
}
