/** Whether a statement is true, and why. */
import type { Statement } from "../result/comparison.ts";

export type Truth = Pick<Statement, "verdict" | "why" | "source">;

/** Statements whose truth depends on the cloud. */
export type CloudStatement =
  | "no-udp"
  | "forwards-to-node-ports"
  | "other-clouds"
  | "only-by-load-balancer"
  | "own-address"
  | "only-healthy";
