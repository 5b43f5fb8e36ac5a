import ipaddr from "ipaddr.js";

/**
 * What is wrong with one source range, or undefined if nothing is.
 *
 * @param ipv6 whether the load balancer has IPv6 addresses as well; by default it has none
 */
export function sourceRangeProblem(range: string, ipv6 = false): string | undefined {
  const allowed = ipv6
    ? "allowed is a range in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32"
    : "allowed is an IPv4 range in CIDR notation, such as 203.0.113.0/24";
  if (!ipaddr.isValidCIDR(range)) return `"${range}" is not an IP range; ${allowed}`;
  if (ipv6 && ipaddr.IPv6.isValidCIDR(range)) return hostBitsProblem(range, ipv6NetworkOf(range));
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(range)) {
    return `"${range}" is not an IPv4 range in four parts, and these load balancers have only IPv4 addresses; ${allowed}`;
  }
  return hostBitsProblem(range, networkOf(range));
}

/** The cloud stores the network address in its usual form, and every later preview would show a difference. */
function hostBitsProblem(range: string, network: string): string | undefined {
  return network === range ? undefined : `"${range}" has bits set after its prefix; write ${network}`;
}

export const isIpv6Range = (range: string): boolean => ipaddr.IPv6.isValidCIDR(range);

/** In the short form of RFC 5952. */
function ipv6NetworkOf(range: string): string {
  const [, length] = ipaddr.IPv6.parseCIDR(range);
  return `${ipaddr.IPv6.networkAddressFromCIDR(range).toRFC5952String()}/${length}`;
}

/** Whether one of `ranges` contains every address of `range`. False for anything but an IPv4 range in CIDR notation. */
export function covers(ranges: readonly string[], range: string): boolean {
  if (!ipaddr.IPv4.isValidCIDR(range)) return false;
  const [address, length] = ipaddr.IPv4.parseCIDR(range);
  return ranges
    .filter((candidate) => ipaddr.IPv4.isValidCIDR(candidate))
    .map((candidate) => ipaddr.IPv4.parseCIDR(candidate))
    .some(([network, prefixLength]) => prefixLength <= length && address.match(network, prefixLength));
}

function networkOf(range: string): string {
  const [, length] = ipaddr.IPv4.parseCIDR(range);
  return `${ipaddr.IPv4.networkAddressFromCIDR(range).toString()}/${length}`;
}
