/** The size of an nftables table. */
import type { Lab } from "../../lab/lab.ts";
import { runInside } from "../insideLab.ts";

export interface RuleSetSize {
  readonly rules: number;
  /** Entries of maps and sets. A good table grows in these: a packet looks entries up, but passes rules one by one. */
  readonly elements: number;
}

export async function ruleSetSize(
  lab: Lab,
  place: string,
  table: string,
  signal: AbortSignal,
): Promise<RuleSetSize> {
  return sizeOf(await runInside(lab, place, ["nft", "--json", "list", "table", "ip", table], { signal }));
}

interface Listed {
  readonly rule?: object;
  readonly map?: { readonly elem?: readonly unknown[] };
  readonly set?: { readonly elem?: readonly unknown[] };
}

/** @param listing as `nft --json` prints it, libnftables-json(5) */
export function sizeOf(listing: string): RuleSetSize {
  const { nftables } = JSON.parse(listing) as { readonly nftables: readonly Listed[] };
  const elements = ({ map, set }: Listed): number => map?.elem?.length ?? set?.elem?.length ?? 0;
  return {
    rules: nftables.filter(({ rule }) => rule !== undefined).length,
    elements: nftables.reduce((sum, listed) => sum + elements(listed), 0),
  };
}
