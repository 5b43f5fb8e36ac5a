/** The names that AWS's DNS serves in a VPC: those of load balancers and instances, and those of the account's hosted zones. */
import { nodes, spareNodes } from "../../../layout.ts";
import type { CloudNames } from "../../cloud.ts";
import { hostedZoneName, region } from "../layout.ts";
import { chosenRecord } from "./records.ts";
import { stateReader } from "./state.ts";
import type { LoadBalancerState } from "./state.ts";

/** The domain of all load balancers' names in the region. */
export const loadBalancerDomain = `elb.${region}.amazonaws.com`;

/** The names as the data plane's state file has them at each question. */
export function awsNames(stateFile: string): CloudNames {
  const read = stateReader(stateFile);
  return {
    domainOf: (name) =>
      [loadBalancerDomain, hostedZoneName].find((domain) => `.${name}`.endsWith(`.${domain}`)),
    addressesOf: (name) => addressesOf(name, read().loadBalancers),
    aliasOf: (name, random) => chosenRecord(name, read().records, random),
  };
}

/**
 * A name's addresses; undefined if there is no such name.
 *
 * A load balancer's name has the addresses of its healthy zones, or of all zones if none is healthy. A zone's name in front of it leaves that zone's address.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health
 * Instances have the names that EC2 gives them. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
 * @param name in lower case, without a final dot
 */
export function addressesOf(
  name: string,
  loadBalancers: readonly LoadBalancerState[],
): readonly string[] | undefined {
  for (const { dnsName, addresses } of loadBalancers) {
    const own = dnsName.toLowerCase();
    if (name !== own && !name.endsWith(`.${own}`)) continue;
    const healthy = addresses.filter((zone) => zone.healthy);
    const shown = healthy.length > 0 ? healthy : addresses;
    if (name === own) return shown.map(({ address }) => address);
    const inZone = ({ zone }: { readonly zone: string }): boolean => name === `${zone}.${own}`;
    return addresses.some(inZone) ? shown.filter(inZone).map(({ address }) => address) : undefined;
  }
  const node = [...nodes, ...spareNodes].find(({ address }) => name === privateName(address));
  return node && [node.address];
}

/** `ip-10-0-0-10.us-west-2.compute.internal` */
const privateName = (address: string): string =>
  `ip-${address.replaceAll(".", "-")}.${region}.compute.internal`;
