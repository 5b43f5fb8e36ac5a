/** What a cloud has to document of an exposure that is changed, and changed back. */
import type { Documented, DocumentedBySide } from "../documented.ts";

/** `registration`: until new members are registered and checked. */
export type Gap = "none" | "some" | "registration";

export interface StepExpectations {
  /** Whether requests are lost over new connections. */
  readonly loses: DocumentedBySide<boolean>;
  /** The same over connections that last. */
  readonly losesKeptAlive: DocumentedBySide<boolean>;
  /** Between two answers over new connections. */
  readonly gap: DocumentedBySide<Gap>;
  /** What becomes of objects, in words: see `differenceOf`. Several, if it depends on what else is there. */
  readonly objects: DocumentedBySide<string | readonly string[]>;
}

/** Whether the load balancer's name stays; `by chance` if the cloud may give the former one again. */
export type NameStays = DocumentedBySide<boolean | "by chance">;

export interface AlterationExpectations {
  readonly there: StepExpectations;
  readonly back: StepExpectations;
  readonly nameStays: NameStays;
}

/** What holds of all of them. */
export interface LeftoverExpectations {
  /** Nothing is left over when a change is undone. */
  readonly leftOver: Documented;
}
