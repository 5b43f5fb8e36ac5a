import ipaddr from "ipaddr.js";

/** What is wrong with one source range, or undefined if nothing is. */
export function sourceRangeProblem(range: string): string | undefined {
  const allowed = "allowed is an IPv4 range in CIDR notation, such as 203.0.113.0/24";
  if (!ipaddr.isValidCIDR(range)) return `"${range}" is not an IP range; ${allowed}`;
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(range)) {
    return `"${range}" is not an IPv4 range in four parts, and these load balancers have only IPv4 addresses; ${allowed}`;
  }
  const network = networkOf(range);
  // The cloud stores the network address, and every later preview would show a difference.
  return network === range ? undefined : `"${range}" has bits set after its prefix; write ${network}`;
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
