/** What a cloud has to document of traffic while something is missing. */
import type { DocumentedBySide, DocumentedValue } from "../documented.ts";

export type Name = "listener" | "target" | "rule";

/** What an owner can do to get it back. `a change of the nodes`: a node leaves the load balancers and returns. */
export type Remedy =
  "pulumi up" | "pulumi up --refresh" | "a change of the Service" | "a change of the nodes";

export interface DriftExpectations {
  /** What shows that a member is reached: a connection; or only an answer, where the load balancer itself takes connections. */
  readonly asks: "tcp" | "http";
  /** Share of requests that are lost without it, in percent. */
  readonly lostPercent: Readonly<Record<Name, DocumentedValue<number>>>;
  /** The first remedy that works, of those of each side. */
  readonly by: Readonly<Record<Name, DocumentedBySide<Remedy>>>;
}
