/** What a cloud has to document of traffic while something is missing. */
import type { DocumentedValue } from "../documented.ts";

export type Name = "listener" | "target" | "rule";

export interface DriftExpectations {
  /** Share of requests that are lost without it, in percent. */
  readonly lostPercent: Readonly<Record<Name, DocumentedValue<number>>>;
}
