/** What a cloud has to document of roll-outs of pods that are members of a load balancer themselves. */
import type { Bounds, Documented } from "../documented.ts";

export interface PodMembersExpectations {
  /** Without a gate, a new pod is Ready before its load balancer uses it, and the former one ends. */
  readonly loses: Documented;
  /** How long a zone whose pod is replaced is without a member, in seconds. */
  readonly withoutMember: (within: Bounds) => Documented;
  /** The name leads to zones that have a member, as long as one has: its clients are without an answer for no longer. */
  readonly nameWithoutMember: (mostSeconds: number) => Documented;
  /** With the gate, a pod is Ready only once its load balancer uses it. */
  readonly gated: Documented;
  /** The longest time between two looks of the controller at a member that is not healthy yet. Its clock is not the cloud's, so no time scale applies. */
  readonly lookSeconds: number;
  /** With the gate, how long each pod of a roll-out takes. */
  readonly gatedPod: (within: Bounds) => Documented;
}
