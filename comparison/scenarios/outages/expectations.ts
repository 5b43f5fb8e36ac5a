/** What a cloud has to document of outages. */
import type { Documented } from "../documented.ts";

export interface OutagesExpectations {
  /** Traffic goes on without the control plane. */
  readonly unharmed: Documented;
  /** The controller is down: who makes the change. */
  readonly controllerDown: Documented;
  /** The API server is down, and `pulumi up` may have made what it is asked for in the cloud before it hears so. @default it has not */
  readonly madeInPart?: Documented;
  /** The cloud's API is down: who refuses. */
  readonly apiDown: Documented;
  /** The cloud's API was down: who tries again. */
  readonly retries: Documented;
}
