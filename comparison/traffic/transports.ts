/** How one request of each kind travels. */
import { createSocket } from "node:dgram";
import type { Socket as DatagramSocket } from "node:dgram";
import type { Agent } from "node:http";
import { connect } from "node:net";
import { askTwice } from "./held.ts";
import { askPaths, at, finder, newAgent, withAgent } from "./http.ts";
import type { Find } from "./http.ts";
import type { Kind, Load, Sample } from "./load.ts";
import type { Send } from "./sender.ts";

/** @param resolver address of the DNS server that knows load balancers' names; the system's if undefined */
export function sendFor(load: Load, resolver?: string): Send {
  return transports[load.kind](load, finder(resolver, load.keepsNames));
}

const transports: Readonly<Record<Kind, (load: Load, find: Find) => Send>> = {
  http: (load, find) => async (signal) => {
    const address = await find(load.host);
    return withAgent((agent) => askHttp(load, address, agent, signal));
  },

  "http keep-alive": (load, find) => {
    const lines = Array.from({ length: load.connections ?? 3 }, () => new Line(load, find));
    const send = (signal: AbortSignal): ReturnType<Send> => {
      // In turns, busy ones last: a request that waits behind a lost one would have no time left, and be lost too.
      const [line = new Line(load, find)] = [...lines].sort((a, b) => a.underWay - b.underWay);
      lines.splice(lines.indexOf(line), 1);
      lines.push(line);
      return line.ask(signal);
    };
    const close = (): void => {
      for (const line of lines) line.close();
    };
    return Object.assign(send, { close });
  },

  tcp: (load, find) => async (signal) => {
    const address = await find(load.host);
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host: address, port: load.port });
      const fail = (error: Error): void => {
        socket.destroy();
        reject(at(address, error));
      };
      socket.once("error", fail);
      socket.once("connect", () => {
        socket.destroy();
        resolve();
      });
      signal.addEventListener("abort", () => {
        fail(new Error("no connection"));
      });
    });
    return { address, outcome: { kind: "connected" } };
  },

  "http idle": (load, find) => async (signal) => askTwice("idle", load, await find(load.host), signal),

  "http slow": (load, find) => async (signal) => askTwice("slow", load, await find(load.host), signal),

  udp: (load, find) => async (signal) => {
    const socket = createSocket("udp4");
    try {
      return await askUdp(socket, load, await find(load.host), signal);
    } finally {
      socket.close();
    }
  },

  "udp flow": (load, find) => {
    const socket = createSocket("udp4").unref();
    // A flow has one address for as long as it lasts.
    let address: Promise<string> | undefined;
    const send = async (signal: AbortSignal): ReturnType<Send> => {
      address ??= find(load.host);
      return askUdp(socket, load, await address, signal);
    };
    const close = (): void => void socket.close();
    return Object.assign(send, { close });
  },
};

/** A connection that lasts. One request at a time: a later one waits for its turn. */
class Line {
  /** How many requests have no answer yet. */
  underWay = 0;
  #agent = newAgent();
  #address: string | undefined;
  /** Who answered the last request over this connection. */
  #pod: string | undefined;
  /** When the connection is no longer used, in milliseconds of `performance.now()`. */
  #until = Infinity;
  #turn: Promise<unknown> = Promise.resolve();

  private readonly load: Load;
  private readonly find: Find;

  constructor(load: Load, find: Find) {
    this.load = load;
    this.find = find;
  }

  ask(signal: AbortSignal): ReturnType<Send> {
    this.underWay += 1;
    // Earlier requests were sent earlier, so their time is up first.
    const answer = this.#turn
      .then(() => this.#askNow(signal))
      .finally(() => {
        this.underWay -= 1;
      });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #askNow(signal: AbortSignal): ReturnType<Send> {
    if (performance.now() >= this.#until) this.#giveUp();
    try {
      if (this.#address === undefined) {
        this.#address = await this.find(this.load.host);
        this.#until = performance.now() + (this.load.connectionSeconds ?? Infinity) * 1000;
      }
      const sample = await askHttp(this.load, this.#address, this.#agent, signal);
      this.#pod = sample.outcome.pod;
      return sample;
    } catch (error) {
      const pod = this.#pod;
      // As clients do: a broken connection is given up, and the next request looks the name up and connects again.
      this.#giveUp();
      throw error instanceof Error ? Object.assign(error, { pod }) : error;
    }
  }

  #giveUp(): void {
    this.#agent.destroy();
    this.#agent = newAgent();
    this.#address = undefined;
    this.#pod = undefined;
  }
}

async function askHttp(
  load: Load,
  address: string,
  agent: Agent,
  signal: AbortSignal,
): Promise<{ readonly address: string; readonly outcome: Answered }> {
  const [pod = "", client = ""] = await askPaths(load, ["/hostname", "/clientip"], address, agent, signal);
  return { address, outcome: answer(pod, client) };
}

/** Two questions: netexec answers each datagram by its text. */
async function askUdp(
  socket: DatagramSocket,
  { port }: Load,
  address: string,
  signal: AbortSignal,
): Promise<Pick<Sample, "address" | "outcome">> {
  const pod = await datagram(socket, port, address, "hostname", signal);
  const client = await datagram(socket, port, address, "clientip", signal);
  return { address, outcome: answer(pod, client) };
}

function datagram(
  socket: DatagramSocket,
  port: number,
  address: string,
  question: "hostname" | "clientip",
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      socket.off("message", heard);
      socket.off("error", failed);
      signal.removeEventListener("abort", silent);
    };
    const heard = (message: Buffer): void => {
      const text = message.toString();
      // On a flow's one socket, the answer to the other question may be a late one.
      if (addressAndPort.test(text) !== (question === "clientip")) return;
      end();
      resolve(text);
    };
    const failed = (error: Error): void => {
      end();
      reject(at(address, error));
    };
    const silent = (): void => {
      failed(new Error("no answer"));
    };
    socket.on("message", heard);
    socket.on("error", failed);
    signal.addEventListener("abort", silent);
    socket.send(question, port, address);
  });
}

const addressAndPort = /^\S+:\d+$/;

type Answered = Extract<Sample["outcome"], { readonly kind: "answered" }>;

function answer(pod: string, client: string): Answered {
  return { kind: "answered", pod: pod.trim(), clientAddress: client.trim().replace(/:\d+$/, "") };
}
