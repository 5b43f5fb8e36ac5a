/** The addresses of load balancers: one in each enabled zone, kept until the load balancer is deleted. */
import ipaddr from "ipaddr.js";
import type { AwsFacts, LoadBalancerFacts } from "./facts.ts";

/** One zone's load balancer node. */
export interface ZoneAddress {
  readonly zone: string;
  readonly subnetId: string;
  /** The address for clients: public for an internet-facing load balancer, otherwise the private one. */
  readonly address: string;
  /** The address of its network interface in the subnet: the source of health checks, and of flows whose client address is not preserved. */
  readonly privateAddress: string;
}

export interface Allocation {
  readonly loadBalancerArn: string;
  readonly dnsName: string;
  readonly addresses: readonly ZoneAddress[];
}

/**
 * Keeps the addresses of existing load balancers, frees those of deleted ones, and assigns the lowest free addresses to new ones.
 *
 * @throws if a range is exhausted or a subnet is unknown; then nothing is assigned
 */
export function allocate(previous: readonly Allocation[], facts: AwsFacts, publicCidr: string): Allocation[] {
  const wanted = new Map(facts.loadBalancers.map((balancer) => [balancer.arn, balancer]));
  const kept = previous
    .filter(({ loadBalancerArn }) => wanted.has(loadBalancerArn))
    .map((allocation) => ({
      ...allocation,
      addresses: allocation.addresses.filter(({ subnetId }) =>
        wanted.get(allocation.loadBalancerArn)?.zones.some((zone) => zone.subnetId === subnetId),
      ),
    }));
  const taken = new Set(
    [
      ...kept.flatMap(({ addresses }) => addresses.flatMap((zone) => [zone.address, zone.privateAddress])),
      ...facts.instances.map(({ address }) => address),
    ].map(numberOf),
  );
  return facts.loadBalancers.map((balancer) => {
    const before = kept.find(({ loadBalancerArn }) => loadBalancerArn === balancer.arn)?.addresses ?? [];
    const addresses = balancer.zones.map(
      ({ zone, subnetId }) =>
        before.find((address) => address.subnetId === subnetId) ??
        zoneAddress(balancer, zone, subnetId, facts, publicCidr, taken),
    );
    return { loadBalancerArn: balancer.arn, dnsName: balancer.dnsName, addresses };
  });
}

function zoneAddress(
  balancer: LoadBalancerFacts,
  zone: string,
  subnetId: string,
  facts: AwsFacts,
  publicCidr: string,
  taken: Set<number>,
): ZoneAddress {
  const subnet = facts.subnets.find(({ id }) => id === subnetId);
  if (subnet === undefined) {
    throw new Error(`load balancer ${balancer.name} is in the subnet ${subnetId}, which EC2 does not list`);
  }
  const [first, last] = bounds(subnet.cidr);
  // Instances get addresses from the start of their subnet, load balancers from its middle.
  const privateAddress = take(first + (last - first + 1) / 2, last - 1, taken, subnet.cidr);
  if (balancer.scheme === "internal") return { zone, subnetId, address: privateAddress, privateAddress };
  const [from, to] = bounds(publicCidr);
  return { zone, subnetId, address: take(from + 1, to - 1, taken, publicCidr), privateAddress };
}

/** First and last address of a block, as numbers. */
function bounds(cidr: string): [number, number] {
  const first = ipaddr.IPv4.networkAddressFromCIDR(cidr).toByteArray();
  const last = ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toByteArray();
  return [fromBytes(first), fromBytes(last)];
}

const fromBytes = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
const numberOf = (address: string): number => fromBytes(address.split(".").map(Number));

function take(from: number, to: number, taken: Set<number>, cidr: string): string {
  for (let number = from; number <= to; number++) {
    if (taken.has(number)) continue;
    taken.add(number);
    return [24, 16, 8, 0].map((shift) => String((number >>> shift) & 255)).join(".");
  }
  throw new Error(
    `no address is free in ${cidr}; each load balancer needs one in each zone: delete load balancers, or widen the range`,
  );
}
