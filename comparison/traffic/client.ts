/**
 * The client's program, run where the client is. It reads orders from its standard input, one line of JSON each, and prints the results in the same way. It keeps
 * running, since it takes longer to start than most loads take. It ends with its standard input, and stops its loads then.
 * Usage: client.ts [RESOLVER]
 */
import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { createInterface } from "node:readline";
import type { Load } from "./load.ts";
import type { Order, Said } from "./orders.ts";
import { sendLoad } from "./sender.ts";
import { askByTls } from "./tls.ts";
import type { TlsQuestion } from "./tls.ts";
import { sendFor } from "./transports.ts";

const [resolver] = process.argv.slice(2);
const names = new Resolver();
if (resolver !== undefined) names.setServers([resolver]);
const stops = new Map<number, AbortController>();
const underWay = new Set<Promise<void>>();

const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

async function send(id: number, loads: readonly Load[]): Promise<void> {
  const stop = new AbortController();
  stops.set(id, stop);
  say({ kind: "sending", id });
  await Promise.all(
    loads.map((load) =>
      sendLoad(load, sendFor(load, resolver), stop.signal, (sample) => {
        say({ kind: "sample", id, sample });
      }),
    ),
  );
  stops.delete(id);
  say({ kind: "ended", id });
}

async function resolve(id: number, host: string): Promise<void> {
  try {
    const addresses = isIP(host) === 0 ? await names.resolve4(host) : [host];
    say({ kind: "resolved", id, addresses });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOTFOUND") say({ kind: "resolved", id, addresses: [] });
    else say({ kind: "unresolved", id, reason: message });
  }
}

async function ask(id: number, question: TlsQuestion): Promise<void> {
  try {
    say({ kind: "answered by TLS", id, answer: await askByTls(question) });
  } catch (error) {
    say({ kind: "not answered", id, reason: (error as Error).message });
  }
}

function workOn(order: Exclude<Order, { readonly kind: "stop" }>): Promise<void> {
  switch (order.kind) {
    case "send":
      return send(order.id, order.loads);
    case "resolve":
      return resolve(order.id, order.host);
    case "ask by TLS":
      return ask(order.id, order.question);
  }
}

function obey(order: Order): void {
  if (order.kind === "stop") {
    stops.get(order.id)?.abort();
    return;
  }
  const work = workOn(order);
  underWay.add(work);
  void work.then(() => underWay.delete(work));
}

for await (const line of createInterface({ input: process.stdin })) obey(JSON.parse(line) as Order);
for (const stop of stops.values()) stop.abort();
await Promise.all(underWay);
process.exit();
