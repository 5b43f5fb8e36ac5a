/**
 * Leads the host's two ports for browsers to the load balancers: runs in the client's network namespace, so that requests come from outside the nodes' network.
 *
 * Usage, in the run directory: node loading/run.mjs lab/forward/main.ts --cloud aws
 */
import type { Socket } from "node:net";
import { parseArgs } from "node:util";
import { defaultCloud, labCloud } from "../clouds/index.ts";
import { chooseLoadBalancer } from "./choose.ts";
import type { Way } from "./choose.ts";
import { openEntrySocket } from "./entrySocket.ts";
import type { Address } from "./entrySocket.ts";

/** How long a choice stays valid: a page's many requests ask the API once. */
const choiceMs = 1_000;

const { values } = parseArgs({ options: { cloud: { type: "string", default: defaultCloud.name } } });
const cloud = await labCloud(values.cloud).connect();

/** Finds the load balancer of one way, at most once in `choiceMs`. */
function finder(way: Way): () => Promise<Address> {
  let choice: { readonly validUntil: number; readonly address: Promise<Address> } | undefined;
  const find = async (): Promise<Address> => {
    const chosen = chooseLoadBalancer(way, await cloud.loadBalancers());
    if (chosen === undefined)
      throw new Error("no load balancer of this kind is deployed; deploy both with: npm run up");
    return chosen;
  };
  return () => {
    if (choice === undefined || choice.validUntil < performance.now())
      choice = { validUntil: performance.now() + choiceMs, address: find() };
    return choice.address;
  };
}

/** A browser gets a sentence instead of a reset. */
function refuse(outer: Socket, error: unknown): void {
  const text = `${error instanceof Error ? error.message : String(error)}\n`;
  outer.end(
    `HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}

await Promise.all(
  (["nodePort", "loadBalancer"] as const).map((way) => openEntrySocket(way, finder(way), refuse)),
);
console.log("listening for both load balancers");
