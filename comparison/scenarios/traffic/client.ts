/**
 * The client's program, run where the client is: sends loads at once and prints a line of JSON for each sample, after a first line when it is about to send.
 * Ends when all loads have, or soon after its standard input does.
 * Usage: client.ts LOADS [RESOLVER], where LOADS is JSON: a list of loads
 */
import type { Load } from "./load.ts";
import { sendLoad } from "./sender.ts";
import { sendFor } from "./transports.ts";

const [loads, resolver] = process.argv.slice(2);
if (loads === undefined) throw new Error("usage: client.ts LOADS [RESOLVER]");

const stop = new AbortController();
process.stdin.resume().once("end", () => {
  stop.abort();
});

const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
say({ ready: true });
await Promise.all(
  (JSON.parse(loads) as Load[]).map((load) => sendLoad(load, sendFor(load, resolver), stop.signal, say)),
);
process.exit();
