/** What a cloud has to document of members that fall silent. */
import type { Bounds, Documented } from "../documented.ts";

export interface NodeLostExpectations {
  readonly detection: (within: Bounds) => Documented;
  readonly lastNewConnection: (mostSeconds: number) => Documented;
  /** What becomes of connections to the lost node. */
  readonly reset: Documented;
  readonly lastReset: (mostSeconds: number) => Documented;
  /** The zone of the lost node leaves DNS. @default there are no zones in DNS */
  readonly dns?: Documented;
}
