/** The contents of the cluster and the account according to their APIs, without what changes on its own. */
import { paginateDescribeInstances, paginateDescribeSecurityGroupRules } from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  attributesOf,
  loadBalancerNamed,
  loadBalancersIn,
  targetGroupsOf,
  targetsOf,
} from "../../live/clouds/aws/account.ts";
import { markTag } from "./mark.ts";
import type { Subject } from "./subject.ts";

/** Lists of objects by kind. */
export type Snapshot = Readonly<Record<string, readonly unknown[]>>;

export async function snapshotOf(subject: Subject): Promise<Snapshot> {
  const [cluster, network, ...balancers] = await Promise.all([
    clusterOf(subject),
    networkOf(subject),
    ...[subject.ways.left, subject.ways.right].map(({ hostname }) => balancerOf(subject, hostname)),
  ]);
  const there = await loadBalancersIn(subject.aws.elbv2);
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
    // A pod's address changes when its node is killed.
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

async function balancerOf({ aws: { elbv2 } }: Subject, hostname: string): Promise<unknown> {
  const balancer: LoadBalancer = await loadBalancerNamed(elbv2, hostname);
  const { LoadBalancerArn } = balancer;
  const [{ Listeners = [] }, { Attributes = [] }, groups, targets] = await Promise.all([
    elbv2.send(new DescribeListenersCommand({ LoadBalancerArn })),
    elbv2.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
    targetGroupsOf(elbv2, hostname),
    targetsOf(elbv2, hostname),
  ]);
  const groupAttributes = await Promise.all(groups.map((group) => attributesOf(elbv2, group)));
  const ResourceArns = [
    LoadBalancerArn ?? "",
    ...groups.flatMap(({ TargetGroupArn = [] }) => TargetGroupArn),
  ];
  const { TagDescriptions = [] } = await elbv2.send(new DescribeTagsCommand({ ResourceArns }));
  return {
    balancer,
    listeners: inOrder(Listeners),
    attributes: inOrder(Attributes),
    groups: groups.map((group, index) => [group, inOrder(groupAttributes[index] ?? [])]),
    targets: inOrder(targets),
    tags: inOrder(TagDescriptions.flatMap(({ Tags = [] }) => Tags.filter(({ Key }) => Key !== markTag))),
  };
}

/** Independent of the API's order. */
function inOrder(items: readonly unknown[]): unknown[] {
  return items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

function isTrue(
  conditions: readonly { readonly type: string; readonly status: string }[] | undefined,
  type: string,
): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;
}
