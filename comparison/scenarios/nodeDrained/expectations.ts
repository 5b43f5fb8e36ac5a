/** What a cloud has to document of a member that falls silent. */
import type { Documented } from "../documented.ts";

export interface NodeDrainedExpectations {
  /** @param mostSeconds until nothing is sent to it any more */
  readonly switchedOff: (mostSeconds: number) => Documented;
}
