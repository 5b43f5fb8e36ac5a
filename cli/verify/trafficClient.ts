/** Loads and look-ups at a client. One process of its program serves all of them, started with the first. */
import type { RunningLoads, Sample, StartLoads } from "../../comparison/traffic/load.ts";
import type { Said } from "../../comparison/traffic/orders.ts";
import type { AskByTls } from "../../comparison/traffic/tls.ts";
import { ClientProcess } from "./clientProcess.ts";
import type { Command } from "./clientProcess.ts";

/** How long the client's program may take to start, in milliseconds, on a machine that is busy with a build. */
const startTimeout = 30_000;

export interface TrafficClient {
  readonly startLoads: StartLoads;
  /** Addresses that a name has now; none if there is no such name. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly askByTls: AskByTls;
}

/**
 * @param command starts the client's program
 * @param signal ends it, and what it sends
 */
export function trafficClient(command: () => Command, signal: AbortSignal): TrafficClient {
  let current: ClientProcess | undefined;
  let id = 0;
  /** A process that has ended is replaced. */
  const client = (): ClientProcess => {
    signal.throwIfAborted();
    if (current === undefined || current.hasEnded) {
      const started = new ClientProcess(command());
      signal.addEventListener("abort", () => {
        started.close();
      });
      current = started;
    }
    return current;
  };
  return {
    startLoads: async (loads) => {
      const order = { kind: "send", id: id++, loads } as const;
      const there = client();
      const samples: Sample[] = [];
      let begin = (): void => undefined;
      const ended = new Promise<readonly Sample[]>((resolve, reject) => {
        const hear = (said: Said): void => {
          if (said.kind === "sending") begin();
          else if (said.kind === "sample") samples.push(said.sample);
          else resolve(samples);
        };
        there.give(order, { hear, fail: reject });
      });
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => {
          there.close();
          reject(new Error(`the client did not start within ${startTimeout / 1000} s`));
        }, startTimeout);
        begin = () => {
          clearTimeout(late);
          resolve();
        };
        // A later failure rejects `ended`. Without this it would be an unhandled rejection until somebody awaits it.
        void ended.catch(reject).finally(() => {
          clearTimeout(late);
        });
      });
      const stop = (): typeof ended => {
        there.give({ kind: "stop", id: order.id });
        return ended;
      };
      return { samples, ended, stop } satisfies RunningLoads;
    },
    resolve: (host) =>
      new Promise((resolve, reject) => {
        const hear = (said: Said): void => {
          if (said.kind === "resolved") resolve(said.addresses);
          else reject(new Error(`${host}: ${said.kind === "unresolved" ? said.reason : said.kind}`));
        };
        client().give({ kind: "resolve", id: id++, host }, { hear, fail: reject });
      }),
    askByTls: (question) =>
      new Promise((resolve, reject) => {
        const hear = (said: Said): void => {
          if (said.kind === "answered by TLS") resolve(said.answer);
          else
            reject(new Error(`${question.host}: ${said.kind === "not answered" ? said.reason : said.kind}`));
        };
        client().give({ kind: "ask by TLS", id: id++, question }, { hear, fail: reject });
      }),
  };
}
