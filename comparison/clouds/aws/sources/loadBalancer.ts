/** A load balancer with its listeners and target groups as facts. */
import {
  DescribeListenerAttributesCommand,
  DescribeLoadBalancerAttributesCommand,
  paginateDescribeListenerCertificates,
  paginateDescribeListeners,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  Listener,
  LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { defaultFirst } from "../certificates.ts";
import { enablePrefixForIpv6SourceNat, enforcedOnPrivateLink } from "../defaults.ts";
import type { NlbFacts, NlbListenerFacts } from "../model.ts";
import { byText } from "../../../sources/order.ts";
import { ownerByTags } from "../owners.ts";
import type { AwsClients } from "./clients.ts";
import { record } from "./calls.ts";
import type { GroupWithTargets } from "./inventory.ts";
import { tagsOf } from "./tags.ts";
import type { Tags } from "./tags.ts";
import { readTargetGroup } from "./targetGroup.ts";
import { readZones } from "./zones.ts";

/** @param groups the target groups of the account; it ignores those of other load balancers */
export async function readLoadBalancer(
  clients: Pick<AwsClients, "elbv2" | "ec2">,
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
    ...(loadBalancer.IpAddressType === "dualstack"
      ? {
          enablePrefixForIpv6SourceNat:
            loadBalancer.EnablePrefixForIpv6SourceNat ?? enablePrefixForIpv6SourceNat,
        }
      : {}),
    securityGroups: byText(loadBalancer.SecurityGroups ?? []),
    ...((loadBalancer.SecurityGroups ?? []).length === 0
      ? {}
      : {
          enforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
            loadBalancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic ?? enforcedOnPrivateLink,
        }),
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
    certificates: Protocol === "TLS" ? await certificatesOf(client, listener, abortSignal) : [],
    attributes: record(Attributes),
    forwardsTo: forwardsTo(listener),
  };
}

/** A listener itself names its default certificate alone. */
async function certificatesOf(
  client: ElasticLoadBalancingV2Client,
  { ListenerArn, Certificates = [] }: Listener,
  abortSignal: AbortSignal,
): Promise<string[]> {
  const found = [...Certificates];
  for await (const page of paginateDescribeListenerCertificates({ client }, { ListenerArn }, { abortSignal }))
    found.push(...(page.Certificates ?? []));
  return defaultFirst(found.map(({ CertificateArn = "" }) => CertificateArn));
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
