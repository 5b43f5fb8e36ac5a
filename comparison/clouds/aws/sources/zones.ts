/** A load balancer's zones and IPv4 addresses. */
import { paginateDescribeNetworkInterfaces } from "@aws-sdk/client-ec2";
import type { EC2Client, NetworkInterface } from "@aws-sdk/client-ec2";
import type { AvailabilityZone, LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
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
  const zones = loadBalancer.AvailabilityZones ?? [];
  const said = zones.map((zone) => addressesSaid(zone, internal));
  const interfaces = said.every((addresses) => addresses.length > 0)
    ? []
    : await interfacesOf(client, loadBalancer.LoadBalancerArn ?? "", signal);
  const facts = zones.map(({ ZoneName = "", SubnetId = "" }, index): ZoneFacts => {
    const own = interfaces
      .filter((each) => each.SubnetId === SubnetId)
      .flatMap((each) => addressOf(each, internal));
    return {
      zone: ZoneName,
      subnet: SubnetId,
      addresses: byText([...new Set([...(said[index] ?? []), ...own])]),
    };
  });
  return byText(facts, ({ zone }) => zone);
}

function addressesSaid({ LoadBalancerAddresses = [] }: AvailabilityZone, internal: boolean): string[] {
  return LoadBalancerAddresses.flatMap(
    ({ IpAddress, PrivateIPv4Address }) => (internal ? (PrivateIPv4Address ?? IpAddress) : IpAddress) ?? [],
  );
}

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
