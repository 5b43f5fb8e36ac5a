/** Time-outs without waiting for them. */
import { mock } from "node:test";
import { setImmediate } from "node:timers/promises";

/** Lets time pass for as long as something is still to come; what answers at once has answered before. */
export async function lettingTimePass<T>(start: () => Promise<T>): Promise<T> {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const state = { isOver: false };
    const result = start().finally(() => (state.isOver = true));
    result.catch(() => undefined); // it is the caller's
    for (;;) {
      await setImmediate();
      if (state.isOver) return await result;
      mock.timers.tick(60_000);
    }
  } finally {
    mock.timers.reset();
  }
}
