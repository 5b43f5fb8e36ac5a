/** Which names exist in the VPC, and their addresses: load balancers' and nodes'. */
import { nodes, region, spareNodes } from "../layout.ts";
import type { LoadBalancerState } from "../clouds/aws/balancer/state.ts";

/** The domain of all load balancers' names in the region. */
export const loadBalancerDomain = `elb.${region}.amazonaws.com`;

/**
 * A name's addresses; undefined if there is no such name.
 *
 * A load balancer's name has the addresses of its healthy zones, of all zones if none is healthy; a zone's name in front of it leaves that zone's.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health
 * Nodes have the names that EC2 gives instances, and their short ones.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
 */
export function addressesOf(name: string, loadBalancers: readonly LoadBalancerState[]): string[] | undefined {
  const wanted = name.toLowerCase().replace(/\.$/, "");
  for (const { dnsName, addresses } of loadBalancers) {
    const own = dnsName.toLowerCase();
    if (wanted !== own && !wanted.endsWith(`.${own}`)) continue;
    const healthy = addresses.filter((zone) => zone.healthy);
    const shown = healthy.length > 0 ? healthy : addresses;
    if (wanted === own) return shown.map(({ address }) => address);
    const isZone = addresses.some(({ zone }) => wanted === `${zone}.${own}`);
    return isZone
      ? shown.filter(({ zone }) => wanted === `${zone}.${own}`).map(({ address }) => address)
      : undefined;
  }
  const node = [...nodes, ...spareNodes].find(({ name: short, address }) =>
    [short, privateName(address)].includes(wanted),
  );
  return node && [node.address];
}

/** `ip-10-0-0-10.us-west-2.compute.internal` */
const privateName = (address: string): string =>
  `ip-${address.replaceAll(".", "-")}.${region}.compute.internal`;
