/**
 * Runs inside the testbed, on one host: executes commands, each a line of JSON, and answers with a line of JSON.
 *
 *     {"ask": GOAL, "count": N, "timeoutMs": N}   new flows with one request each
 *     {"keep": GOAL, "options": {...}}            opens flows, answers with their first answers
 *     {"again": TIMEOUT_MS}                       one more request over each open flow
 *     {"resolve": NAME}                           the addresses of a name at the VPC's resolver
 *     {"listen": PORT}, {"close": PORT}           starts or ends a server
 *     {"closeAll": true}                          ends all servers
 *
 * The answer is {"done": RESULT} or {"failed": MESSAGE}.
 */
import { Resolver } from "node:dns/promises";
import { createInterface } from "node:readline";
import { nodeNetwork } from "../../../../../lab/layout.ts";
import { again, ask, keep } from "./client.ts";
import type { Goal, KeepOptions } from "./client.ts";
import { close, listen, ports } from "./server.ts";
import type { Identity } from "./server.ts";

export type Order =
  | { readonly ask: Goal; readonly count: number; readonly timeoutMs: number }
  | { readonly keep: Goal; readonly options: KeepOptions }
  | { readonly again: number }
  | { readonly resolve: string }
  | { readonly listen: number; readonly identity?: Identity }
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
  if ("listen" in order) return listen(host, order.listen, order.identity);
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
