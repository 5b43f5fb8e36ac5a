/** Joins two connections: whatever one sends goes to the other, until both have finished. */
import type { Socket } from "node:net";

/** Both ends must allow half-open connections, so that a client that has finished sending still gets its answer. */
export function relay(outer: Socket, inner: Socket): void {
  outer.on("error", () => inner.destroy());
  inner.on("error", () => outer.destroy());
  outer.on("close", () => inner.destroy());
  inner.on("close", () => outer.destroy());
  outer.pipe(inner).pipe(outer);
}
