/** Ranges of addresses in CIDR notation. */
import ipaddr from "ipaddr.js";

/** Whether every address of a range is in one of others. False for what is no IPv4 range: the load balancers here have no other addresses. */
export function isCovered(range: string, by: readonly string[]): boolean {
  if (!ipaddr.IPv4.isValidCIDR(range)) return false;
  const [address, length] = ipaddr.IPv4.parseCIDR(range);
  return by
    .filter((other) => ipaddr.IPv4.isValidCIDR(other))
    .map((other) => ipaddr.IPv4.parseCIDR(other))
    .some(([network, otherLength]) => otherLength <= length && address.match(network, otherLength));
}
