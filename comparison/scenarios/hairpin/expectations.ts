/** What a cloud has to document of calls of pods to their own load balancer. */
import type { Documented, DocumentedValue } from "../documented.ts";

/** By variant of the testbed. */
export type Called = "plain" | "local" | "masqueraded";

export interface HairpinExpectations {
  /** Share of calls to the address of the pod's own zone that are answered, in percent. */
  readonly ownPercent: Readonly<Record<Called, DocumentedValue<number>>>;
  /** Every call to another zone's address is answered. */
  readonly others: Documented;
}
