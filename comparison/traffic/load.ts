/** A load: requests of one kind at a bounded rate, and what each of them met. */

/**
 * How requests travel. The app is agnhost netexec, which says its host name and the client's address over HTTP and UDP.
 * https://github.com/kubernetes/kubernetes/tree/v1.35.4/test/images/agnhost#netexec
 */
export type Kind =
  /** HTTP, each request over a new connection. */
  | "http"
  /** HTTP over a few connections that last. A broken one is replaced for the next request. */
  | "http keep-alive"
  /** A TCP connection for each request, opened and closed. Nobody says who answered. */
  | "tcp"
  /** HTTP over a connection that asks once, is silent for a while, and asks again. */
  | "http idle"
  /** HTTP over a connection with one question that the pod takes a while to answer. */
  | "http slow"
  /** UDP, each request from another port: a new flow for the load balancer. */
  | "udp"
  /** UDP from one port: one flow. */
  | "udp flow";

export interface Load {
  /** Unique among the loads of one client. */
  readonly id: string;
  readonly kind: Kind;
  /** DNS name or address. */
  readonly host: string;
  readonly port: number;
  readonly perSecond: number;
  /** It ends after so many seconds, unless it is stopped before. */
  readonly seconds: number;
  /** It ends after so many requests. @default none */
  readonly requests?: number;
  /** A request waits while so many others have no answer yet: then the rate is only a limit, which a busy machine need not reach. @default 200 */
  readonly mostUnderWay?: number;
  /** It ends after so many lost requests in a row: nobody is there. @default none */
  readonly giveUpAfter?: number;
  /** Connections that last, for `http keep-alive`. @default 3 */
  readonly connections?: number;
  /** How long a connection of `http keep-alive` is used before the client closes it and looks the name up again, as connection pools do. @default as long as it works */
  readonly connectionSeconds?: number;
  /** Whether the client keeps a name's addresses for their time to live. @default false: it looks the name up for every connection */
  readonly keepsNames?: boolean;
  /** How long a connection of `http idle` is silent, and how long an answer of `http slow` takes at least. @default 5 */
  readonly holdSeconds?: number;
  /** For one request, from the look-up of the name to the answer. */
  readonly timeoutMilliseconds: number;
}

/** What one request met. */
export interface Sample {
  readonly load: string;
  /** When it was sent, in milliseconds since the epoch by a clock that does not jump. */
  readonly at: number;
  /** How long the answer or the failure took, in milliseconds. */
  readonly milliseconds: number;
  /** The load balancer's or node's address that it was sent to; undefined if no name was found. */
  readonly address?: string;
  /**
   * Who answered earlier over the same connection: of `http idle` and `http slow` the first question, of a lost request of `http keep-alive` the request before it;
   * undefined if nobody did.
   */
  readonly pod?: string;
  readonly outcome:
    | { readonly kind: "answered"; readonly pod: string; readonly clientAddress: string }
    /** Connected, without asking who answers. */
    | { readonly kind: "connected" }
    | { readonly kind: "lost"; readonly reason: string };
}

/** Loads that run at a client. */
export interface RunningLoads {
  /** What came so far. */
  readonly samples: readonly Sample[];
  /** Resolves when all loads have ended by themselves. */
  readonly ended: Promise<readonly Sample[]>;
  /** Sends no more, and waits for requests under way. */
  stop(): Promise<readonly Sample[]>;
}

/** Where loads start from: outside the cluster's network. Resolves when the first request can be sent. */
export type StartLoads = (loads: readonly Load[]) => Promise<RunningLoads>;
