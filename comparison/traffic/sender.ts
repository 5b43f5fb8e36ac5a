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

/** Never more requests than these are under way at once: unanswered ones must not pile up. */
const defaultMostUnderWay = 200;

/** How late a request may be sent by a client that could not run. */
const mostLateMilliseconds = 250;

/**
 * Sends until the load ends or the signal comes, and resolves with the last answer. A request starts when it is due, whether or not earlier ones were answered, unless too
 * many were not: otherwise a load would be gentle just when nobody answers. A client that stood still does not catch up: its rate would no longer be the load's.
 */
export async function sendLoad(
  load: Load,
  send: Send,
  stop: AbortSignal,
  sampled: (sample: Sample) => void,
): Promise<void> {
  let begin = now();
  const { mostUnderWay = defaultMostUnderWay, giveUpAfter = Infinity } = load;
  const interval = 1000 / load.perSecond;
  const most = Math.min(load.requests ?? Infinity, Math.ceil(load.perSecond * load.seconds));
  const underWay = new Set<Promise<void>>();
  let lostInARow = 0;
  const isOver = (): boolean => stop.aborted || lostInARow >= giveUpAfter;
  for (let count = 0; count < most; count += 1) {
    const wait = begin + count * interval - now();
    if (wait < -mostLateMilliseconds) begin -= wait;
    if (wait > 1) await sleep(wait, undefined, { signal: stop }).catch(() => undefined);
    if (underWay.size >= mostUnderWay) await Promise.race(underWay);
    if (isOver()) break;
    const request = sendOne(load, send).then((sample) => {
      underWay.delete(request);
      lostInARow = sample.outcome.kind === "lost" ? lostInARow + 1 : 0;
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

/** On a busy machine, time may be up before the answers that have arrived are read: these are read first. */
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
