/** What a cloud has to document of a load balancer without a healthy member. */
import type { Bounds, Documented } from "../documented.ts";

export interface FailOpenExpectations {
  readonly detection: (within: Bounds) => Documented;
  /** All members get traffic then. */
  readonly answered: Documented;
  readonly keepAlive: Documented;
  /** Every zone stays in DNS. */
  readonly dns: Documented;
}
