/** What a cloud documents of its load balancers, as scenarios hold a measurement against it. */
import type { BySide } from "../result/bySide.ts";

export interface Documented {
  /** One sentence, as a person reads it. */
  readonly sentence: string;
  readonly source: string;
}

/** With the value that both sides have to have. */
export interface DocumentedValue<V> extends Documented {
  readonly value: V;
}

/** With a value for each side: the two have to differ if these do. */
export interface DocumentedBySide<V> extends Documented, BySide<V> {}

export const both = <V>(value: V, documented: Documented): DocumentedBySide<V> =>
  each(value, value, documented);

export const each = <V>(left: V, right: V, documented: Documented): DocumentedBySide<V> => ({
  ...documented,
  left,
  right,
});

/** Bounds that follow from the cloud's clocks and the testbed's time scale, in seconds. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}
