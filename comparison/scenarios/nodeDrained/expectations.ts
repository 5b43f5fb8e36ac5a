/** What a cloud and its controller have to document of a node that is drained, excluded and switched off. */
import type { Documented, DocumentedBySide } from "../documented.ts";

export interface NodeDrainedExpectations {
  /** Whether it is a member that gets new connections, when it is cordoned and tainted and has no pod of the app. */
  readonly drained: DocumentedBySide<boolean>;
  /** The same, when it has the label that excludes it from load balancers. */
  readonly excluded: DocumentedBySide<boolean>;
  /** @param mostSeconds until nothing is sent to it any more */
  readonly switchedOff: (mostSeconds: number) => Documented;
}
