/** What a cloud has to document of members that are taken out. */
import type { Draining } from "../../clouds/operations.ts";
import type { Documented, DocumentedBySide } from "../documented.ts";

export type Kind = "kept" | "terminated";

export interface DrainingExpectations {
  /** What is tried. The first is the default of both ways. */
  readonly kinds: Readonly<Record<Kind, Draining>>;
  readonly draining: (draining: Draining, hereSeconds: number) => Documented;
  readonly noNewConnections: Documented;
  /** @param most what clients may lose of new connections */
  readonly lost: (most: { readonly perSecond: number; readonly seconds: number }) => Documented;
  /** Connections in use, by what becomes of them when the delay is over. */
  readonly inUse: Readonly<Record<Kind, (hereSeconds: number) => Documented>>;
  /** Requests in flight and idle connections. */
  readonly held: Readonly<Record<Kind, Documented>>;
  readonly otherMembers: Documented;
  /** Whether each way can declare another delay. */
  readonly declared: DocumentedBySide<boolean>;
}
