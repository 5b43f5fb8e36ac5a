/**
 * Addresses and ranges as Kubernetes reads them in a Service: a part of an IPv4 address may begin with zeros.
 * https://github.com/kubernetes/utils/blob/master/net/parse.go (ParseIPSloppy, ParseCIDRSloppy)
 */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** The address without leading zeros, as IPv4 if it can be; undefined if it is none. */
export function plainAddress(text: string): string | undefined {
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(text) ?? [];
  const address = mapped ?? text;
  const plain = /^[\d.]+$/.test(address) ? address.replaceAll(/(^|\.)0+(?=\d)/g, "$1") : address;
  return isIP(plain) === 0 || plain.includes("%") ? undefined : plain;
}

/** All of IPv4. */
export const everywhere = "0.0.0.0/0";

/** All of IPv6. */
export const everywhereInIpv6 = "::/0";

/** The network of an IPv6 range, in the shortest form; undefined if it is none. */
export function ipv6Network(range: string): string | undefined {
  if (!range.includes(":") || !ipaddr.IPv6.isValidCIDR(range)) return undefined;
  const [, length] = ipaddr.IPv6.parseCIDR(range);
  return `${ipaddr.IPv6.networkAddressFromCIDR(range).toRFC5952String()}/${length}`;
}

/** The network of an IPv4 range; undefined if it is none. */
export function ipv4Network(range: string): string | undefined {
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(range) ? networkOf(range) : undefined;
}

/** The networks of ranges, each once, as every controller reads them. What is no range stays as it is. */
export function networksOf(ranges: readonly string[]): string[] {
  return [...new Set(ranges.map((range) => networkOf(range.trim())))];
}

/** By their text: comparisons ask for the same few ranges again and again, and parsing one takes long. */
const networks = new Map<string, string>();

function networkOf(range: string): string {
  const network = networks.get(range) ?? parsedNetwork(range);
  networks.set(range, network);
  return network;
}

function parsedNetwork(range: string): string {
  const plain = plainRange(range) ?? range;
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(plain)) return plain;
  const [, length] = ipaddr.IPv4.parseCIDR(plain);
  return `${ipaddr.IPv4.networkAddressFromCIDR(plain).toString()}/${length}`;
}

/** The range without leading zeros; undefined if it is none. It may have bits after its prefix. */
export function plainRange(text: string): string | undefined {
  const [, address = "", length = ""] = /^([^/]+)\/(\d+)$/.exec(text) ?? [];
  const plain = plainAddress(address);
  if (plain === undefined || Number(length) > (address.includes(":") ? 128 : 32)) return undefined;
  return `${address.includes(":") ? address : plain}/${Number(length)}`;
}
