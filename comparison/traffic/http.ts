/** HTTP over connections of its own, to one of the addresses that a name resolves to. */
import type { RecordWithTtl } from "node:dns";
import { Resolver } from "node:dns/promises";
import { Agent, get } from "node:http";
import { isIP } from "node:net";

/** Looks a host up for every request, as clients with short-lived caches do. Takes one of its addresses at random. */
export type Find = (host: string) => Promise<string>;

/** One connection to the app: the body of each path's answer, in order. Rejects if one is not answered with 200 in time. */
export type Transport = (paths: readonly string[], signal: AbortSignal) => Promise<string[]>;

/** Something answered, but not with 200. */
export class HttpStatusError extends Error {
  constructor(path: string, statusCode: number | undefined) {
    super(`${path} answered ${statusCode ?? "nothing"}`);
  }
}

/**
 * @param resolver address of the DNS server that knows the names; the system's if undefined
 * @param keepsNames whether answers are kept for their time to live; false by default
 */
export function finder(resolver: string | undefined, keepsNames = false): Find {
  const names = new Resolver({ timeout: 1000, tries: 2 });
  if (resolver !== undefined) names.setServers([resolver]);
  const lookUp = (host: string): Promise<readonly RecordWithTtl[]> => names.resolve4(host, { ttl: true });
  const find = keepsNames ? keptAnswers(lookUp) : lookUp;
  return async (host) => {
    if (isIP(host) !== 0) return host;
    const addresses = await find(host);
    const chosen = addresses[Math.floor(Math.random() * addresses.length)];
    if (chosen === undefined) throw new Error(`${host} has no address`);
    return chosen.address;
  };
}

type LookUp = (host: string) => Promise<readonly RecordWithTtl[]>;

/** Asks again once the shortest time to live of an answer is over. A question that fails is asked again with the next. */
export function keptAnswers(lookUp: LookUp, now: () => number = () => performance.now()): LookUp {
  const known = new Map<string, { readonly until: number; readonly answer: ReturnType<LookUp> }>();
  return (host) => {
    const kept = known.get(host);
    if (kept !== undefined && now() < kept.until) return kept.answer;
    const answer = lookUp(host);
    // Those that ask meanwhile get the same answer.
    known.set(host, { until: Infinity, answer });
    answer.then(
      (addresses) => {
        const seconds = Math.min(...addresses.map(({ ttl }) => ttl));
        known.set(host, { until: now() + seconds * 1000, answer });
      },
      () => known.delete(host),
    );
    return answer;
  };
}

/**
 * @param url with a name or an address
 * @param resolver see `finder`
 */
export function httpTransport(url: string, resolver?: string): Transport {
  const find = finder(resolver);
  const { hostname, port } = new URL(url);
  // An IPv6 address has brackets in a URL.
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return async (paths, signal) => {
    const address = await find(host);
    return withAgent((agent) =>
      askPaths({ host: hostname, port: Number(port || 80) }, paths, address, agent, signal),
    );
  };
}

/** An agent of its own, so that its requests share one connection with each other and with nothing else. */
export async function withAgent<T>(ask: (agent: Agent) => Promise<T>): Promise<T> {
  const agent = newAgent();
  try {
    return await ask(agent);
  } finally {
    agent.destroy();
  }
}

export const newAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });

/** Bodies of the answers, in order. An error carries the address where it happened. */
export async function askPaths(
  to: { readonly host: string; readonly port: number },
  paths: readonly string[],
  address: string,
  agent: Agent,
  signal: AbortSignal,
): Promise<string[]> {
  const bodies: string[] = [];
  for (const path of paths) bodies.push(await body(to, path, address, agent, signal));
  return bodies;
}

function body(
  { host, port }: { readonly host: string; readonly port: number },
  path: string,
  address: string,
  agent: Agent,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(at(address, error));
    };
    const options = { host: address, port, path, agent, signal, headers: { host } };
    const request = get(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", fail);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else fail(new HttpStatusError(path, response.statusCode));
      });
    });
    request.on("error", fail);
  });
}

/** The error, with the address where it happened. */
export function at(address: string, error: Error): Error {
  return Object.assign(error, { address });
}
