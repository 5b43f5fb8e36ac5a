import ipaddr from "ipaddr.js";

/** What is wrong with one source range, or undefined if nothing is. */
export function sourceRangeProblem(range: string): string | undefined {
  const allowed = "allowed is an IPv4 range in CIDR notation, such as 203.0.113.0/24";
  if (!ipaddr.isValidCIDR(range)) return `"${range}" is no IP range; ${allowed}`;
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(range)) {
    return `"${range}" is not an IPv4 range in four parts, and the load balancers here have IPv4 addresses only; ${allowed}`;
  }
  const network = networkOf(range);
  // AWS stores the network, and every later preview would find a difference.
  return network === range ? undefined : `"${range}" has bits set behind its prefix; write ${network}`;
}

/** Whether every address of `range` is in one of `ranges`. All are valid IPv4 CIDRs. */
export function covers(ranges: readonly string[], range: string): boolean {
  const [address, length] = ipaddr.IPv4.parseCIDR(range);
  return ranges.some((candidate) => {
    const [network, prefixLength] = ipaddr.IPv4.parseCIDR(candidate);
    return prefixLength <= length && address.match(network, prefixLength);
  });
}

function networkOf(range: string): string {
  const [, length] = ipaddr.IPv4.parseCIDR(range);
  return `${ipaddr.IPv4.networkAddressFromCIDR(range).toString()}/${length}`;
}
