/** A load balancer's zones and addresses. */
import { paginateDescribeNetworkInterfaces } from "@aws-sdk/client-ec2";
import type { EC2Client, NetworkInterface } from "@aws-sdk/client-ec2";
import type { AvailabilityZone, LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import { addressInShort, rangeInShort } from "../ipv6InShort.ts";
import type { ZoneFacts } from "../model.ts";
import { byText } from "../../../sources/order.ts";

/**
 * The ELBv2 API returns only addresses that a user chose. The load balancer's network interfaces have all of them.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAddress.html
 */
export async function readZones(
  client: EC2Client,
  loadBalancer: LoadBalancer,
  signal: AbortSignal,
): Promise<ZoneFacts[]> {
  const internal = loadBalancer.Scheme === "internal";
  const isDualstack = loadBalancer.IpAddressType === "dualstack";
  const zones = loadBalancer.AvailabilityZones ?? [];
  const isSaid = (zone: AvailabilityZone): boolean =>
    addressesSaid(zone, internal).length > 0 && (!isDualstack || ipv6AddressesSaid(zone).length > 0);
  const interfaces = zones.every(isSaid)
    ? []
    : await interfacesOf(client, loadBalancer.LoadBalancerArn ?? "", signal);
  const facts = zones.map((zone): ZoneFacts => {
    const { ZoneName = "", SubnetId = "", SourceNatIpv6Prefixes = [] } = zone;
    const own = interfaces.filter((each) => each.SubnetId === SubnetId);
    return {
      zone: ZoneName,
      subnet: SubnetId,
      ...elasticAddressesOf(zone),
      addresses: each([...addressesSaid(zone, internal), ...own.flatMap((one) => addressOf(one, internal))]),
      ...(isDualstack
        ? {
            ipv6Addresses: each(
              [...ipv6AddressesSaid(zone), ...own.flatMap(ipv6AddressesOf)].map(addressInShort),
            ),
            sourceNatIpv6Prefixes: each(SourceNatIpv6Prefixes.map(rangeInShort)),
          }
        : {}),
    };
  });
  return byText(facts, ({ zone }) => zone);
}

function elasticAddressesOf({
  LoadBalancerAddresses = [],
}: AvailabilityZone): Pick<ZoneFacts, "elasticAddresses"> {
  const ids = LoadBalancerAddresses.flatMap(({ AllocationId }) => AllocationId ?? []);
  return ids.length === 0 ? {} : { elasticAddresses: each(ids) };
}

function addressesSaid({ LoadBalancerAddresses = [] }: AvailabilityZone, internal: boolean): string[] {
  return LoadBalancerAddresses.flatMap(
    ({ IpAddress, PrivateIPv4Address }) => (internal ? (PrivateIPv4Address ?? IpAddress) : IpAddress) ?? [],
  );
}

const ipv6AddressesSaid = ({ LoadBalancerAddresses = [] }: AvailabilityZone): string[] =>
  LoadBalancerAddresses.flatMap(({ IPv6Address }) => IPv6Address ?? []);

const ipv6AddressesOf = ({ Ipv6Addresses = [] }: NetworkInterface): string[] =>
  Ipv6Addresses.flatMap(({ Ipv6Address }) => Ipv6Address ?? []);

/** Sorted, and once. */
const each = (texts: readonly string[]): string[] => byText([...new Set(texts)]);

/** Only their description connects them with the load balancer. https://repost.aws/knowledge-center/elb-find-load-balancer-IP */
export async function interfacesOf(
  client: EC2Client,
  arn: string,
  abortSignal: AbortSignal,
): Promise<NetworkInterface[]> {
  const Filters = [{ Name: "description", Values: [`ELB ${arn.split(":loadbalancer/")[1] ?? ""}`] }];
  const found: NetworkInterface[] = [];
  for await (const page of paginateDescribeNetworkInterfaces({ client }, { Filters }, { abortSignal })) {
    found.push(...(page.NetworkInterfaces ?? []));
  }
  return found;
}

function addressOf({ Association, PrivateIpAddress }: NetworkInterface, internal: boolean): string[] {
  const address = internal ? PrivateIpAddress : Association?.PublicIp;
  return address === undefined ? [] : [address];
}
