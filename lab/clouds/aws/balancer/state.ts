/** The file that the addresses survive in, and that the resolver answers from. */
import { readJson, writeWhole } from "../../../files.ts";
import type { Allocation, ZoneAddress } from "./addresses.ts";

export interface NlbState {
  readonly loadBalancers: readonly LoadBalancerState[];
}

export interface LoadBalancerState extends Allocation {
  readonly addresses: readonly (ZoneAddress & {
    /** Whether the zone has healthy targets: if not, DNS leaves its address out. */
    readonly healthy: boolean;
  })[];
}

/** @throws if the file is there and no JSON: rather than giving all load balancers new addresses. */
export function readState(file: string): NlbState {
  return (readJson(file) as NlbState | undefined) ?? { loadBalancers: [] };
}

export function writeState(file: string, state: NlbState): void {
  writeWhole(file, `${JSON.stringify(state, undefined, 2)}\n`);
}
