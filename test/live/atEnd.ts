/** What a test process cleans up when it ends, even by Ctrl-C: mocha then ends at once, before any hook. */
import { constants } from "node:os";

const actions = new Set<() => void>();

/**
 * Runs `action` when the process ends, unless it is cancelled before.
 * @returns cancels it
 */
export function atEnd(action: () => void): () => void {
  actions.add(action);
  return () => actions.delete(action);
}

// More than one signal arrives: the terminal's, and two of mocha's own.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
// A worker of `mocha --parallel` whose parent was killed.
process.once("disconnect", () => process.exit(1));
process.once("exit", () => {
  for (const action of actions) action();
});
