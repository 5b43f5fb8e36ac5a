/** Sends a load at its rate through a transport. */
import { setTimeout as sleep } from "node:timers/promises";
import { now } from "../clock.ts";
import type { Load, Sample } from "./load.ts";

/** One request. Rejects if there is no answer in time. */
export interface Send {
  (signal: AbortSignal): Promise<Pick<Sample, "address" | "pod" | "outcome">>;
  /** Ends what lasts longer than a request: the client goes on with other loads. @default nothing does */
  readonly close?: () => void;
}

/** More requests than these are never under way at once: a rate that nobody answers must not pile up. */
const defaultMostUnderWay = 200;

/** What a client that could not run sends late at once, rather than not at all. */
const mostLateMilliseconds = 250;

/**
 * Sends until the load ends or the signal comes, and resolves when the last answer is there. A request starts when it is due, whether or not those before
 * it were answered, unless too many were not: else a load would be gentle just when nobody answers. A client that stood still does not make up for it: its
 * load would be no more at its rate.
 */
export async function sendLoad(
  load: Load,
  send: Send,
  stop: AbortSignal,
  sampled: (sample: Sample) => void,
): Promise<void> {
  let begin = now();
  const { mostUnderWay = defaultMostUnderWay } = load;
  const interval = 1000 / load.perSecond;
  const most = Math.min(load.requests ?? Infinity, Math.ceil(load.perSecond * load.seconds));
  const underWay = new Set<Promise<void>>();
  const stopped = (): boolean => stop.aborted;
  for (let count = 0; count < most; count += 1) {
    const wait = begin + count * interval - now();
    if (wait < -mostLateMilliseconds) begin -= wait;
    if (wait > 1) await sleep(wait, undefined, { signal: stop }).catch(() => undefined);
    if (stopped()) break;
    if (underWay.size >= mostUnderWay) await Promise.race(underWay);
    const request = sendOne(load, send).then((sample) => {
      underWay.delete(request);
      sampled(sample);
    });
    underWay.add(request);
  }
  await Promise.all(underWay);
  send.close?.();
}

async function sendOne(load: Load, send: Send): Promise<Sample> {
  const at = now();
  const { signal: timeout, clear } = timeLimit(load.timeoutMilliseconds);
  try {
    const answer = await send(timeout);
    return { load: load.id, at, milliseconds: now() - at, ...answer };
  } catch (error) {
    const { address, pod } = error as { address?: unknown; pod?: unknown };
    return {
      load: load.id,
      at,
      milliseconds: now() - at,
      ...(typeof address === "string" ? { address } : {}),
      ...(typeof pod === "string" ? { pod } : {}),
      outcome: { kind: "lost", reason: reasonOf(error, timeout, load) },
    };
  } finally {
    clear();
  }
}

/** On a machine that is busy, time is up before the answers that have arrived were looked at: these are looked at first. */
function timeLimit(milliseconds: number): { readonly signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => setImmediate(() => controller.abort()), milliseconds);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

function reasonOf(error: unknown, timeout: AbortSignal, { timeoutMilliseconds }: Load): string {
  if (timeout.aborted) return `no answer within ${timeoutMilliseconds / 1000} s`;
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
