/** IPv6 can be written in several ways, and AWS need not choose the one that a Service has. */
import ipaddr from "ipaddr.js";

export const addressInShort = (address: string): string => ipaddr.parse(address).toString();

/** What is no range stays as it is. */
export function rangeInShort(range: string): string {
  if (!ipaddr.isValidCIDR(range)) return range;
  const [address, length] = ipaddr.parseCIDR(range);
  return `${address.toString()}/${length}`;
}
