/** What a cloud has to document of a load balancer whose nodes have no pod. */
import type { Documented } from "../documented.ts";

export interface NoPodsExpectations {
  /** A node's refusal arrives at the client. */
  readonly refused: Documented;
  /** Until clients are answered again. */
  readonly again: Documented;
}
