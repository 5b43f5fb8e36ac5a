/** What a cloud has to document of a load balancer without a member. */
import type { Bounds, Documented } from "../documented.ts";

export interface NoTargetExpectations {
  readonly refused: Documented;
  readonly told: Documented;
  readonly keepAlive: Documented;
  readonly registered: (within: Bounds) => Documented;
}
