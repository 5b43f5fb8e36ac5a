/** The client of one host of the testbed: sends requests over new or open flows. */
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { connect as connectByTls, TLSSocket } from "node:tls";

/** The result of a request. */
export interface Answer {
  /** The node that answered; undefined if none did. */
  readonly node?: string;
  /** The client's address as the node saw it. */
  readonly from?: string;
  readonly error?: string | undefined;
  /** Of a proxy protocol header, as the node saw it: the client's and the load balancer's address and port. */
  readonly header?: string;
  /** The common name of the certificate that the client got. */
  readonly certificate?: string;
  /** `TLSv1.3` */
  readonly version?: string;
  /** The application protocol that the load balancer has chosen. */
  readonly alpn?: string;
}

export interface TlsGoal {
  /** What the client names. @default nothing */
  readonly servername?: string;
  readonly alpn?: readonly string[];
  readonly maxVersion?: "TLSv1.2";
}

export interface Goal {
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
  /** The client's port of a TCP connection. @default a free one */
  readonly localPort?: number;
  /** @default no TLS */
  readonly tls?: TlsGoal;
}

/** Sends one request and resolves with the answer. */
interface Flow {
  readonly request: (timeoutMs: number) => Promise<Answer>;
  readonly close: () => void;
}

/** Opens new flows with one request each, ten at a time. */
export async function ask(goal: Goal, count: number, timeoutMs: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  let left = count;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      while (left-- > 0) {
        const flow = open(goal);
        answers.push(await flow.request(timeoutMs));
        flow.close();
      }
    }),
  );
  return answers;
}

/** How long a request waits that should be answered: long enough for a busy machine. */
export const answerTimeoutMs = 5000;

let kept: readonly Flow[] = [];

export interface KeepOptions {
  /** @default 1 */
  readonly count?: number;
  /** Idle time after which a TCP connection sends keep-alive packets. @default never */
  readonly keepAliveMs?: number;
}

/** Replaces the open flows by new ones. @returns their first answers */
export function keep(goal: Goal, { count = 1, keepAliveMs }: KeepOptions): Promise<Answer[]> {
  for (const flow of kept) flow.close();
  kept = Array.from({ length: count }, () => open(goal, keepAliveMs));
  return again(answerTimeoutMs);
}

/** Sends one more request over each open flow. */
export const again = (timeoutMs: number): Promise<Answer[]> =>
  Promise.all(kept.map((flow) => flow.request(timeoutMs)));

const open = (goal: Goal, keepAliveMs?: number): Flow =>
  goal.protocol === "tcp" ? openTcp(goal, keepAliveMs) : openUdp(goal);

function openTcp({ address, port, localPort, tls }: Goal, keepAliveMs: number | undefined): Flow {
  const options = {
    host: address,
    port,
    ...(localPort === undefined ? {} : { localPort }),
    keepAlive: keepAliveMs !== undefined,
    keepAliveInitialDelay: keepAliveMs ?? 0,
  };
  const socket = tls === undefined ? connect(options) : connectByTls({ ...options, ...withTls(tls) });
  let settle: (answer: Answer) => void = () => undefined;
  let failure: Answer | undefined;
  socket.on("data", (data: Buffer) =>
    settle({ ...(JSON.parse(data.toString()) as Answer), ...agreed(socket) }),
  );
  socket.on("error", (error: NodeJS.ErrnoException) => settle((failure = { error: error.code })));
  socket.on("close", () => settle((failure ??= { error: "closed" })));
  return {
    request: (timeoutMs) =>
      within(timeoutMs, (resolve) => {
        settle = resolve;
        if (failure) resolve(failure);
        else socket.write("hello\n");
      }),
    close: () => socket.destroy(),
  };
}

function withTls({ servername, alpn = [], maxVersion }: TlsGoal) {
  return {
    rejectUnauthorized: false,
    ...(servername === undefined ? {} : { servername }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ALPNProtocols: [...alpn],
  };
}

/** What client and load balancer have agreed on. */
function agreed(socket: Socket): Answer {
  if (!(socket instanceof TLSSocket)) return {};
  const alpn = socket.alpnProtocol;
  return {
    certificate: String(socket.getPeerCertificate().subject.CN),
    version: socket.getProtocol() ?? "",
    ...(typeof alpn === "string" ? { alpn } : {}),
  };
}

function openUdp({ address, port }: Goal): Flow {
  const socket = createSocket("udp4");
  let settle: (answer: Answer) => void = () => undefined;
  socket.on("message", (data) => settle(JSON.parse(data.toString()) as Answer));
  socket.on("error", (error: NodeJS.ErrnoException) => settle({ error: error.code }));
  return {
    request: (timeoutMs) =>
      within(timeoutMs, (resolve) => {
        settle = resolve;
        socket.send("hello", port, address);
      }),
    close: () => socket.close(),
  };
}

function within(timeoutMs: number, start: (resolve: (answer: Answer) => void) => void): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ error: "timeout" }), timeoutMs);
    start((answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
