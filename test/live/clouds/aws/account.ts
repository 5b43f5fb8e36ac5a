/** What an account holds of load balancers, as the ELBv2 API tells it. */
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  paginateDescribeLoadBalancers,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  LoadBalancer,
  TargetGroup,
  TargetGroupAttribute,
  TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";

/** In any state. */
export async function loadBalancersIn(client: ElasticLoadBalancingV2Client): Promise<LoadBalancer[]> {
  const found: LoadBalancer[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
    found.push(...LoadBalancers);
  return found;
}

/** @throws if there is none with that name */
export async function loadBalancerNamed(
  client: ElasticLoadBalancingV2Client,
  hostname: string,
): Promise<LoadBalancer> {
  const found = (await loadBalancersIn(client)).find(({ DNSName }) => DNSName === hostname);
  if (found === undefined) throw new Error(`no load balancer has the name ${hostname}`);
  return found;
}

export async function targetGroupsOf(
  client: ElasticLoadBalancingV2Client,
  hostname: string,
): Promise<TargetGroup[]> {
  const { LoadBalancerArn } = await loadBalancerNamed(client, hostname);
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  return TargetGroups;
}

export async function attributesOf(
  client: ElasticLoadBalancingV2Client,
  { TargetGroupArn }: TargetGroup,
): Promise<TargetGroupAttribute[]> {
  const { Attributes = [] } = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  return Attributes;
}

/** Of all target groups of a load balancer. */
export async function targetsOf(
  client: ElasticLoadBalancingV2Client,
  hostname: string,
): Promise<TargetHealthDescription[]> {
  const groups = await targetGroupsOf(client, hostname);
  const health = groups.map(({ TargetGroupArn }) =>
    client.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
  );
  return (await Promise.all(health)).flatMap(({ TargetHealthDescriptions = [] }) => TargetHealthDescriptions);
}
