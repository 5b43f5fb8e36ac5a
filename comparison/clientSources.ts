/** Sources of traffic as sets of addresses: rules that are split, merged or doubled let in the same clients. */
import ipaddr from "ipaddr.js";

interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

/** Who is let in. */
export interface Sources {
  readonly IPv4: readonly Range[];
  readonly IPv6: readonly Range[];
  /** Security groups and prefix lists: who is in them is not known. */
  readonly references: readonly string[];
}

/** @param sources CIDR ranges, or ids of security groups and prefix lists */
export function sourcesOf(sources: readonly string[]): Sources {
  const ranges = sources.flatMap((source) => rangeOf(source) ?? []);
  const ofKind = (kind: string): Range[] => ranges.filter((range) => range.kind === kind);
  return {
    IPv4: merged(ofKind("ipv4")),
    IPv6: merged(ofKind("ipv6")),
    references: [...new Set(sources.filter((source) => rangeOf(source) === undefined))].sort(),
  };
}

export function withoutReferences({ references, ...ranges }: Sources, others: readonly string[]): Sources {
  return { ...ranges, references: references.filter((each) => !others.includes(each)) };
}

export function isRange(source: string): boolean {
  return rangeOf(source) !== undefined;
}

/** Whether everybody in `inner` is in `outer`. */
export function contains(outer: Sources, inner: Sources): boolean {
  const within = (family: "IPv4" | "IPv6"): boolean =>
    inner[family].every(({ from, to }) =>
      outer[family].some((range) => range.from <= from && to <= range.to),
    );
  return (
    within("IPv4") &&
    within("IPv6") &&
    // All addresses of a group or a list are IPv4 ones where the load balancer and the nodes have no others.
    (isEverywhere(outer) || inner.references.every((reference) => outer.references.includes(reference)))
  );
}

export function areSame(a: Sources, b: Sources): boolean {
  return contains(a, b) && contains(b, a);
}

function isEverywhere({ IPv4 }: Sources): boolean {
  return IPv4.some(({ from, to }) => from === 0n && to === 2n ** 32n - 1n);
}

type KindOfRange = Range & { readonly kind: string };

/** By their text: a comparison asks for the same few sources again and again, and parsing one takes long. */
const parsed = new Map<string, KindOfRange | undefined>();

function rangeOf(source: string): KindOfRange | undefined {
  if (!parsed.has(source)) parsed.set(source, parsedRange(source));
  return parsed.get(source);
}

function parsedRange(source: string): KindOfRange | undefined {
  if (!ipaddr.isValidCIDR(source)) return undefined;
  const [address, length] = ipaddr.parseCIDR(source);
  const bytes = address.toByteArray();
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const size = 2n ** BigInt(bytes.length * 8 - length);
  const from = number - (number % size);
  return { kind: address.kind(), from, to: from + size - 1n };
}

function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of [...ranges].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = all.at(-1);
    if (last === undefined || range.from > last.to + 1n) all.push(range);
    else all[all.length - 1] = { from: last.from, to: range.to > last.to ? range.to : last.to };
  }
  return all;
}
