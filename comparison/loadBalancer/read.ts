/** Reads a load balancer's description from the ELBv2 API. */
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  paginateDescribeLoadBalancers,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  Listener,
  LoadBalancer,
  TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerDescription, LoadBalancerDescription, TargetGroupDescription } from "./description.ts";

/** @throws if there is no load balancer with this DNS name */
export async function readLoadBalancer(
  client: ElasticLoadBalancingV2Client,
  dnsName: string,
): Promise<LoadBalancerDescription> {
  const loadBalancer = await find(client, dnsName);
  const LoadBalancerArn = loadBalancer.LoadBalancerArn ?? "";
  const [{ Attributes }, { Listeners = [] }] = await Promise.all([
    client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
    client.send(new DescribeListenersCommand({ LoadBalancerArn })),
  ]);
  const listeners = await Promise.all(Listeners.map((listener) => describeListener(client, listener)));
  return {
    name: loadBalancer.LoadBalancerName ?? "",
    dnsName,
    type: loadBalancer.Type ?? "",
    state: loadBalancer.State?.Code ?? "",
    scheme: loadBalancer.Scheme ?? "",
    ipAddressType: loadBalancer.IpAddressType ?? "",
    zones: (loadBalancer.AvailabilityZones ?? []).map(({ ZoneName = "" }) => ZoneName).sort(),
    securityGroups: [...(loadBalancer.SecurityGroups ?? [])].sort(),
    attributes: record(Attributes),
    listeners: listeners.sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol)),
  };
}

async function find(client: ElasticLoadBalancingV2Client, dnsName: string): Promise<LoadBalancer> {
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {})) {
    const found = LoadBalancers.find(({ DNSName }) => DNSName === dnsName);
    if (found !== undefined) return found;
  }
  throw new Error(`the ELBv2 API knows no load balancer with the DNS name ${dnsName}`);
}

async function describeListener(
  client: ElasticLoadBalancingV2Client,
  listener: Listener,
): Promise<ListenerDescription> {
  const arns = (listener.DefaultActions ?? []).flatMap((action) =>
    action.TargetGroupArn === undefined
      ? (action.ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn ?? "")
      : [action.TargetGroupArn],
  );
  const { TargetGroups = [] } =
    arns.length === 0 ? {} : await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: arns }));
  return {
    protocol: listener.Protocol ?? "",
    port: listener.Port ?? 0,
    targetGroups: await Promise.all(TargetGroups.map((group) => describeTargetGroup(client, group))),
  };
}

async function describeTargetGroup(
  client: ElasticLoadBalancingV2Client,
  group: TargetGroup,
): Promise<TargetGroupDescription> {
  const TargetGroupArn = group.TargetGroupArn ?? "";
  const [{ Attributes }, { TargetHealthDescriptions = [] }] = await Promise.all([
    client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
    client.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
  ]);
  const targets = TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
    id: Target?.Id ?? "",
    port: Target?.Port ?? 0,
    state: TargetHealth?.State ?? "",
    reason: TargetHealth?.Reason,
  }));
  return {
    name: group.TargetGroupName ?? "",
    protocol: group.Protocol ?? "",
    port: group.Port ?? 0,
    targetType: group.TargetType ?? "",
    healthCheck: {
      protocol: group.HealthCheckProtocol ?? "",
      port: group.HealthCheckPort ?? "",
      path: group.HealthCheckPath,
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 0,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 0,
      healthyThreshold: group.HealthyThresholdCount ?? 0,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 0,
    },
    attributes: record(Attributes),
    targets: targets.sort((a, b) => a.id.localeCompare(b.id)),
  };
}

function record(
  attributes: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Record<string, string> {
  return Object.fromEntries(attributes.map(({ Key = "", Value = "" }) => [Key, Value]));
}
