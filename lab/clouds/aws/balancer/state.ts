/** The file that keeps the load balancers' addresses over a restart, and that DNS answers from: it has the records of Route 53, too. */
import { statSync } from "node:fs";
import { readJson, writeWhole } from "../../../files.ts";
import type { Allocation, ZoneAddress } from "./addresses.ts";
import type { RecordFacts } from "./facts.ts";

export interface NlbState {
  readonly loadBalancers: readonly LoadBalancerState[];
  readonly records: readonly RecordFacts[];
}

export interface LoadBalancerState extends Allocation {
  readonly addresses: readonly (ZoneAddress & {
    /** Whether the zone has healthy targets: if not, DNS omits its address. */
    readonly healthy: boolean;
  })[];
}

/** @throws if the file exists and is not JSON: otherwise all load balancers would get new addresses. */
export function readState(file: string): NlbState {
  return { loadBalancers: [], records: [], ...(readJson(file) as Partial<NlbState> | undefined) };
}

/** A function that returns the file's state, and reads it again only after it was replaced. */
export function stateReader(file: string): () => NlbState {
  let known: { readonly modifiedMs: number; readonly state: NlbState } | undefined;
  return () => {
    const modifiedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (known?.modifiedMs !== modifiedMs) known = { modifiedMs, state: readState(file) };
    return known.state;
  };
}

export function writeState(file: string, state: NlbState): void {
  writeWhole(file, `${JSON.stringify(state, undefined, 2)}\n`);
}
