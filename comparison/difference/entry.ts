/** An entry of the catalogue of differences. */
import type { CloudFacts, Exposure, Facts } from "../model/exposure.ts";
import type { BySide } from "../result/bySide.ts";
import type { Roles } from "./roles.ts";
import type { Values } from "./values.ts";

/** One value that must differ, with both sides' values. */
export interface Expected {
  readonly path: string;
  /** Null if absent. */
  readonly left: string | null;
  readonly right: string | null;
}

/** Two exposures. If they have both types, the NodePort Service is on the left. */
export interface Pair<C extends CloudFacts = CloudFacts> {
  readonly facts: Facts<C>;
  readonly left: Exposure<C>;
  readonly right: Exposure<C>;
  readonly roles: BySide<Roles>;
  readonly values: BySide<Values>;
  /** Every path on either side. */
  readonly paths: readonly string[];
}

export interface Entry<C extends CloudFacts = CloudFacts> {
  readonly id: string;
  /** One sentence. */
  readonly why: string;
  /** Who notices the difference. */
  readonly affects: string;
  /** How to remove it; null if nothing can. */
  readonly remedy: string | null;
  readonly source: string;
  /** What it is here, such as the rule that lets the clients in; undefined if there is nothing to add. */
  detail?(pair: Pair<C>): string | undefined;
  expects(pair: Pair<C>): readonly Expected[];
}
