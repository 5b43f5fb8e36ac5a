/** What a cloud has to document of a new node. */
import type { Documented } from "../documented.ts";

export interface NodeAddedExpectations {
  /** Who makes the node a member, if your own load balancer has each node attached. */
  readonly byItself: Documented;
  /** @param mostSeconds from registration to the first request */
  readonly firstRequest: (mostSeconds: number) => Documented;
  /** With the machines' group attached. */
  readonly group: Documented;
  readonly groupFirstRequest: (mostSeconds: number) => Documented;
  /** With members that the controller registers for the program. @param mostSeconds from registration to the first request */
  readonly controllerRegisters: (mostSeconds: number) => Documented;
  readonly othersLoseNothing: Documented;
}
