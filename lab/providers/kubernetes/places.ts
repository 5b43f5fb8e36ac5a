/** Where a new object goes: its namespace, and for custom resources the definition of its kind. */
import { setTimeout as sleep } from "node:timers/promises";
import { NoMatchError } from "./api.ts";
import { ApiError } from "./client.ts";

/** As the official plug-in waits: https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/retry/retry.go */
const officialPausesMs = [1000, 2000, 4000, 8000, 16_000];

/**
 * Creates an object. The same update may make the namespace or the definition without the program saying that one needs the other: then it is tried again.
 * @param report shows why it is tried again
 * @param pausesMs between two tries
 * @throws the last error, also on interruption
 */
export async function onceThereIsAPlace<Created>(
  create: () => Promise<Created>,
  {
    signal,
    report,
    pausesMs = officialPausesMs,
  }: {
    readonly signal: AbortSignal;
    readonly report: (message: string) => void;
    readonly pausesMs?: readonly number[];
  },
): Promise<Created> {
  for (const pauseMs of pausesMs) {
    try {
      return await create();
    } catch (error) {
      const isEarly = error instanceof NoMatchError || (error instanceof ApiError && error.code === 404);
      if (!isEarly || signal.aborted) throw error;
      report(`trying again: ${error.message}`);
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return create();
}
