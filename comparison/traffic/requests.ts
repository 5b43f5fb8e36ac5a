/**
 * Requests from one client through one address, each over a connection of its own, and what came back. The app is agnhost netexec:
 * https://github.com/kubernetes/kubernetes/tree/master/test/images/agnhost#netexec
 */

/** How many requests, and how long anything may take. */
export interface Load {
  readonly requests: number;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** For one request, from the look-up of the name to the answer. */
  readonly requestTimeoutSeconds: number;
  /** Failures in a row after which no more are sent: who answers none of these is not there. */
  readonly giveUpAfter: number;
}

/** 200 requests: if three pods share them at random, none of them misses out except once in 10^35 runs. */
export const defaultLoad: Load = {
  requests: 200,
  concurrency: 10,
  requestTimeoutSeconds: 5,
  giveUpAfter: 20,
};

/** What one request met. */
export type Outcome =
  | {
      readonly kind: "answered";
      /** The pod's host name. */
      readonly pod: string;
      /** The client's address as the pod saw it. */
      readonly clientAddress: string;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** One connection to the app: the body of each path's answer, in order. Rejects if one is not answered with 200 in time. */
export type Transport = (paths: readonly string[], signal: AbortSignal) => Promise<string[]>;

/** Sends the load through the transport, or as much of it as it takes to see that nobody answers. Never rejects: a failure is an outcome. */
export async function sendRequests(load: Load, transport: Transport): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let started = 0;
  let failedInARow = 0;
  const sender = async (): Promise<void> => {
    while (started < load.requests && failedInARow < load.giveUpAfter) {
      started += 1;
      const outcome = await sendRequest(load, transport);
      failedInARow = outcome.kind === "failed" ? failedInARow + 1 : 0;
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, sender));
  return outcomes;
}

async function sendRequest(load: Load, transport: Transport): Promise<Outcome> {
  try {
    const timeout = AbortSignal.timeout(load.requestTimeoutSeconds * 1000);
    const [pod = "", client = ""] = await transport(["/hostname", "/clientip"], timeout);
    return { kind: "answered", pod: pod.trim(), clientAddress: client.trim().replace(/:\d+$/, "") };
  } catch (error) {
    return { kind: "failed", reason: reasonOf(error, load) };
  }
}

function reasonOf(error: unknown, load: Load): string {
  if (!(error instanceof Error)) return String(error);
  const timedOut = error.name === "TimeoutError" || error.name === "AbortError";
  return timedOut ? `no answer within ${load.requestTimeoutSeconds} s` : error.message;
}
