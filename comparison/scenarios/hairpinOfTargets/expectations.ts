/** What a cloud has to document of calls of pods to a load balancer whose members they are. */
import type { Documented, DocumentedValue } from "../documented.ts";

/** Whether the load balancer keeps the client's address: as it is told, or as it does by itself if pods are members. */
export type Keeping = "kept" | "unset";

export interface HairpinOfTargetsExpectations {
  /** Share of calls to the address of the pod's own zone that are answered, in percent. */
  readonly ownPercent: Readonly<Record<Keeping, DocumentedValue<number>>>;
  /** Every call to another zone's address is answered. */
  readonly others: Documented;
}
