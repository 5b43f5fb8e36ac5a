/** The transport of real requests: HTTP over a new connection, to one of the addresses that the name resolves to. */
import { Resolver } from "node:dns/promises";
import { Agent, get } from "node:http";
import { isIP } from "node:net";
import type { Transport } from "./requests.ts";

/** Something answered, but not with 200. */
export class HttpStatusError extends Error {
  constructor(path: string, statusCode: number | undefined) {
    super(`${path} answered ${statusCode ?? "nothing"}`);
  }
}

/**
 * @param url the load balancer's, with its DNS name or an address
 * @param resolver address of the DNS server that knows the name; the system's if undefined
 */
export function httpTransport(url: string, resolver?: string): Transport {
  const names = new Resolver();
  if (resolver !== undefined) names.setServers([resolver]);
  const { hostname } = new URL(url);

  const address = async (): Promise<string> => {
    if (isIP(hostname) !== 0) return hostname;
    const addresses = await names.resolve4(hostname);
    const chosen = addresses[Math.floor(Math.random() * addresses.length)];
    if (chosen === undefined) throw new Error(`${hostname} has no address`);
    return chosen;
  };

  return async (paths, signal) => {
    const target = new URL(url);
    target.hostname = await address();
    // An agent of its own, so that the paths share one connection and nothing else does.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const bodies: string[] = [];
      for (const path of paths) bodies.push(await body(new URL(path, target), agent, hostname, signal));
      return bodies;
    } finally {
      agent.destroy();
    }
  };
}

function body(url: URL, agent: Agent, host: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, signal, headers: { host } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new HttpStatusError(url.pathname, response.statusCode));
      });
    });
    request.on("error", reject);
  });
}
