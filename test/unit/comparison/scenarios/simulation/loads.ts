/** Loads of the simulated client: what each request meets at the moment when it is due. */
import type { Load, RunningLoads, Sample, StartLoads } from "../../../../../comparison/traffic/load.ts";
import { timeout } from "./network.ts";
import type { Connection, Network, Refusal } from "./network.ts";
import type { World } from "./world.ts";

type Met = Pick<Sample, "address" | "pod" | "outcome" | "milliseconds">;

const isMade = (answer: Connection | Refusal): answer is Connection => "pod" in answer;

export function startLoadsIn(world: World, network: Network): StartLoads {
  return async (loads) => {
    const samples: Sample[] = [];
    const over = new AbortController();
    const senders = loads.map((load) => new Sender(world, network, load, (sample) => samples.push(sample)));
    world.always((now) => {
      for (const sender of senders) sender.pass(now);
    });
    const ended = (async (): Promise<readonly Sample[]> => {
      while (senders.some(({ isDone }) => !isDone)) await world.clock.sleep(0.1, over.signal);
      return samples;
    })();
    const stop = (): typeof ended => {
      for (const sender of senders) sender.stop();
      over.abort();
      return ended;
    };
    return Promise.resolve({ samples, ended, stop } satisfies RunningLoads);
  };
}

interface Held {
  readonly at: number;
  readonly until: number;
  readonly connection: Connection;
}

class Sender {
  isDone = false;
  readonly #begin: number;
  #count = 0;
  readonly #lines: (Connection | undefined)[];
  #held: Held[] = [];
  #isStopped = false;
  #flow: Connection | undefined;

  private readonly world: World;
  private readonly network: Network;
  private readonly load: Load;
  private readonly sampled: (sample: Sample) => void;

  constructor(world: World, network: Network, load: Load, sampled: (sample: Sample) => void) {
    this.world = world;
    this.network = network;
    this.load = load;
    this.sampled = sampled;

    this.#begin = world.clock.now();
    this.#lines = Array.from({ length: load.connections ?? 3 }, () => undefined);
  }

  /** Sends no more. What is held is given up. */
  stop(): void {
    this.#isStopped = true;
    this.pass(this.world.clock.now());
  }

  pass(now: number): void {
    if (this.isDone) return;
    const { perSecond, seconds, requests = Infinity, id } = this.load;
    const most = Math.min(requests, Math.ceil(perSecond * seconds));
    for (; !this.#isStopped && this.#count < most; this.#count += 1) {
      const at = this.#begin + (this.#count * 1000) / perSecond;
      if (at > now) break;
      const met = this.#send(at);
      if (met !== undefined) this.sampled({ load: id, at, ...met });
    }
    this.#watchHeld(now);
    this.isDone = (this.#isStopped || this.#count >= most) && (this.#isStopped || this.#held.length === 0);
  }

  #send(at: number): Met | undefined {
    switch (this.load.kind) {
      case "http keep-alive":
        return this.#sendOver(this.#count % this.#lines.length);
      case "http idle":
      case "http slow":
        return this.#hold(at);
      case "udp flow":
        return this.#sendInFlow();
      case "tcp": {
        const met = this.#sendAnew();
        return met.outcome.kind === "answered" ? { ...met, outcome: { kind: "connected" } } : met;
      }
      default:
        return this.#sendAnew();
    }
  }

  #connect(): Connection | Refusal {
    return this.network.connect(this.load.host, this.load.port);
  }

  #sendAnew(): Met {
    const made = this.#connect();
    return isMade(made) ? answered(made) : this.#lost(made);
  }

  #sendOver(line: number): Met {
    const kept = this.#lines[line];
    const state = kept === undefined ? "closed" : this.network.stateOf(kept);
    if (kept !== undefined && state === "open") return answered(kept);
    this.#lines[line] = undefined;
    if (kept !== undefined && state === "broken")
      return this.#lost({ address: kept.address, refused: "ECONNRESET" });
    const made = this.#connect();
    if (!isMade(made)) return this.#lost(made);
    this.#lines[line] = made;
    return answered(made);
  }

  /** A flow stays with its pod until the pod's endpoint is gone. */
  #sendInFlow(): Met {
    const flow = this.#flow;
    const isKnown = flow?.app.endpoints.some(({ pod }) => pod === flow.pod) === true;
    if (flow === undefined || !isKnown) {
      const made = this.#connect();
      if (!isMade(made)) return this.#lost(made);
      this.#flow = made;
      return answered(made);
    }
    return flow.pod.serving ? answered(flow) : this.#lost({ address: flow.address, refused: timeout });
  }

  #hold(at: number): Met | undefined {
    const made = this.#connect();
    if (!isMade(made)) return this.#lost(made);
    this.#held.push({ at, until: at + (this.load.holdSeconds ?? 5) * 1000, connection: made });
    return undefined;
  }

  #watchHeld(now: number): void {
    const over = this.#held.filter(
      ({ until, connection }) => until <= now || this.network.stateOf(connection) !== "open",
    );
    this.#held = this.#held.filter((held) => !over.includes(held));
    for (const { at, connection } of over) {
      const { address, pod } = connection;
      const met =
        this.network.stateOf(connection) === "open"
          ? answered(connection)
          : this.#lost({ address, refused: "ECONNRESET" });
      this.sampled({ load: this.load.id, at, ...met, milliseconds: now - at, pod: pod.name });
    }
  }

  #lost({ address, refused }: Refusal): Met {
    const { timeoutMilliseconds } = this.load;
    const reason = refused === timeout ? `no answer within ${timeoutMilliseconds / 1000} s` : refused;
    return {
      ...(address === undefined ? {} : { address }),
      milliseconds: refused === timeout ? timeoutMilliseconds : 1,
      outcome: { kind: "lost", reason },
    };
  }
}

function answered({ address, pod, seen }: Connection): Met {
  return { address, milliseconds: 5, outcome: { kind: "answered", pod: pod.name, clientAddress: seen } };
}
