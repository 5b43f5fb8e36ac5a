/** A load balancer with its listeners and target groups as facts. */
import {
  DescribeListenerAttributesCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  paginateDescribeListeners,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  Listener,
  LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { NlbFacts, NlbListenerFacts } from "../model.ts";
import { byText } from "../../../sources/order.ts";
import { ownerByTags } from "../owners.ts";
import type { AwsClients } from "./clients.ts";
import { inBatches, record } from "./calls.ts";
import type { GroupWithTargets } from "./inventory.ts";
import { readTargetGroup } from "./targetGroup.ts";
import { readZones } from "./zones.ts";

type Tags = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const resourcesPerDescribeTags = 20;

/** @param groups the target groups of the account; it ignores those of other load balancers */
export async function readLoadBalancer(
  clients: AwsClients,
  loadBalancer: LoadBalancer,
  groups: readonly GroupWithTargets[],
  abortSignal: AbortSignal,
): Promise<NlbFacts> {
  const { elbv2 } = clients;
  const LoadBalancerArn = loadBalancer.LoadBalancerArn ?? "";
  const own = groups.filter(({ group }) => group.LoadBalancerArns?.includes(LoadBalancerArn) === true);
  const [{ Attributes }, zones, listeners] = await Promise.all([
    elbv2.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }), { abortSignal }),
    readZones(clients.ec2, loadBalancer, abortSignal),
    listenersOf(elbv2, LoadBalancerArn, abortSignal),
  ]);
  const arns = [
    LoadBalancerArn,
    ...listeners.map(({ ListenerArn = "" }) => ListenerArn),
    ...own.map(({ group }) => group.TargetGroupArn ?? ""),
  ];
  const tags = await tagsOf(elbv2, arns, abortSignal);
  const [listenerFacts, pools] = await Promise.all([
    Promise.all(listeners.map((each) => readListener(elbv2, each, tags(each.ListenerArn), abortSignal))),
    Promise.all(
      own.map((each) => readTargetGroup(elbv2, each, tags(each.group.TargetGroupArn), abortSignal)),
    ),
  ]);
  return {
    identity: { name: loadBalancer.LoadBalancerName ?? "", id: LoadBalancerArn },
    owner: ownerByTags(tags(LoadBalancerArn)),
    address: loadBalancer.DNSName ?? "",
    type: loadBalancer.Type ?? "",
    state: loadBalancer.State?.Code ?? "",
    scheme: loadBalancer.Scheme ?? "",
    ipAddressType: loadBalancer.IpAddressType ?? "",
    vpc: loadBalancer.VpcId ?? "",
    zones,
    securityGroups: byText(loadBalancer.SecurityGroups ?? []),
    attributes: record(Attributes),
    tags: tags(LoadBalancerArn),
    listeners: byText(listenerFacts, ({ port, protocol }) => `${String(port).padStart(5, "0")} ${protocol}`),
    pools: byText(pools, ({ identity }) => identity.name),
  };
}

async function listenersOf(
  client: ElasticLoadBalancingV2Client,
  LoadBalancerArn: string,
  abortSignal: AbortSignal,
): Promise<Listener[]> {
  const found: Listener[] = [];
  for await (const page of paginateDescribeListeners({ client }, { LoadBalancerArn }, { abortSignal })) {
    found.push(...(page.Listeners ?? []));
  }
  return found;
}

async function readListener(
  client: ElasticLoadBalancingV2Client,
  listener: Listener,
  tags: Tags,
  abortSignal: AbortSignal,
): Promise<NlbListenerFacts> {
  const { ListenerArn = "", Protocol = "", Port = 0, SslPolicy } = listener;
  const { Attributes } = await client.send(new DescribeListenerAttributesCommand({ ListenerArn }), {
    abortSignal,
  });
  return {
    identity: { name: `${Protocol} ${Port}`, id: ListenerArn },
    owner: ownerByTags(tags),
    protocol: Protocol,
    port: Port,
    ...(SslPolicy === undefined ? {} : { sslPolicy: SslPolicy }),
    alpnPolicy: listener.AlpnPolicy ?? [],
    certificates: (listener.Certificates ?? []).map(({ CertificateArn = "" }) => CertificateArn),
    attributes: record(Attributes),
    forwardsTo: forwardsTo(listener),
  };
}

/** The action names one group itself, and several in its ForwardConfig. */
function forwardsTo({ DefaultActions = [] }: Listener): string[] {
  const arns = DefaultActions.flatMap(({ TargetGroupArn, ForwardConfig }) =>
    TargetGroupArn === undefined
      ? (ForwardConfig?.TargetGroups ?? []).flatMap((each) => each.TargetGroupArn ?? [])
      : [TargetGroupArn],
  );
  return byText(arns);
}

async function tagsOf(
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
