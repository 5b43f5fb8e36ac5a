/**
 * Run inside the test bed, on one host: takes a line of JSON, does as it says and answers with one.
 *
 *     {"ask": GOAL, "count": N, "timeoutMs": N}   new flows with a request each
 *     {"keep": GOAL, "options": {...}}            flows that stay, and their first answers
 *     {"again": TIMEOUT_MS}                       one more request on each of these
 *     {"resolve": NAME}                           the addresses of a name, as the VPC's resolver says
 *     {"listen": PORT}, {"close": PORT}           a server, or its end
 *     {"closeAll": true}                          the end of all servers
 *
 * The answer is {"done": WHAT_CAME_OF_IT} or {"failed": MESSAGE}.
 */
import { Resolver } from "node:dns/promises";
import { createInterface } from "node:readline";
import { nodeNetwork } from "../../../../../lab/layout.ts";
import { again, ask, keep } from "./client.ts";
import type { Goal, KeepOptions } from "./client.ts";
import { close, listen, ports } from "./server.ts";

export type Order =
  | { readonly ask: Goal; readonly count: number; readonly timeoutMs: number }
  | { readonly keep: Goal; readonly options: KeepOptions }
  | { readonly again: number }
  | { readonly resolve: string }
  | { readonly listen: number }
  | { readonly close: number }
  | { readonly closeAll: true };

const [, , host = ""] = process.argv;

const resolver = new Resolver();
resolver.setServers([nodeNetwork.resolver]);

async function obey(order: Order): Promise<unknown> {
  if ("ask" in order) return ask(order.ask, order.count, order.timeoutMs);
  if ("keep" in order) return keep(order.keep, order.options);
  if ("again" in order) return again(order.again);
  if ("resolve" in order) return resolver.resolve4(order.resolve, { ttl: true });
  if ("listen" in order) return listen(host, order.listen);
  if ("close" in order) return close(order.close);
  return Promise.all(ports().map(close));
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await obey(JSON.parse(line) as Order).then(
    (done) => ({ done }),
    (error: unknown) => ({ failed: String(error) }),
  );
  console.log(JSON.stringify(answer));
}
