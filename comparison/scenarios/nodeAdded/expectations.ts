/** What a cloud has to document of a new node. */
import type { Documented } from "../documented.ts";

export interface NodeAddedExpectations {
  /** Who makes the node a member, if your own load balancer has each node attached. */
  readonly byItself: Documented;
  /** @param mostSeconds from registration to the first request */
  readonly firstRequest: (mostSeconds: number) => Documented;
  /** With the machines' group attached. @default no group can be */
  readonly group?: {
    readonly byItself: Documented;
    readonly firstRequest: (mostSeconds: number) => Documented;
  };
  readonly othersLoseNothing: Documented;
  /** For how long a node that the controller has made a member may get requests that it does not answer yet. @default not at all */
  readonly unansweredSeconds?: number;
}

/** With members that the controller registers for the program. */
export interface NodeRegisteredExpectations {
  /** @param mostSeconds from registration to the first request */
  readonly registers: (mostSeconds: number) => Documented;
  readonly othersLoseNothing: Documented;
}
