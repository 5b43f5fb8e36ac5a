/**
 * The VPC's resolver: answers on UDP and TCP from the data plane's state file.
 *
 *     node --import tsx lab/dns/main.ts --address 10.0.0.2 --state .lab/state/nlb.json
 */
import { createSocket } from "node:dgram";
import { statSync } from "node:fs";
import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { decode, encode } from "dns-packet";
import { vpc } from "../layout.ts";
import { readState } from "../clouds/aws/balancer/state.ts";
import type { LoadBalancerState } from "../clouds/aws/balancer/state.ts";
import { answer } from "./answer.ts";
import { splitMessages } from "./stream.ts";

const { values } = parseArgs({
  options: {
    /** The address to answer on. */
    address: { type: "string", default: vpc.resolver },
    port: { type: "string", default: "53" },
    /** The data plane's state file; may come into being later. */
    state: { type: "string" },
  },
});

/** How long a TCP connection may be silent. */
const idleMs = 10_000;

let known: { at: number; loadBalancers: readonly LoadBalancerState[] } = { at: 0, loadBalancers: [] };

/** The state file's load balancers, read again only if it was replaced. */
function loadBalancers(file: string): readonly LoadBalancerState[] {
  const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (at !== known.at) known = { at, loadBalancers: readState(file).loadBalancers };
  return known.loadBalancers;
}

/** The bytes of an answer; undefined for what is no query. */
function respond(message: Buffer, file: string): Buffer | undefined {
  try {
    const query = decode(message);
    return query.type === "query" ? encode(answer(query, loadBalancers(file), shuffled)) : undefined;
  } catch (error) {
    console.error(`dns: ${String(error)}`);
    return undefined;
  }
}

const shuffled = (addresses: readonly string[]): string[] =>
  addresses
    .map((address) => ({ address, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ address }) => address);

function fail(message: string): never {
  console.error(`dns: ${message}`);
  process.exit(1);
}

const failure = (error: NodeJS.ErrnoException): never => {
  const reasons: Record<string, string> = {
    EADDRINUSE: "something else answers there: is another lab's resolver running in this network namespace?",
    EADDRNOTAVAIL: "this network namespace does not have the address: start the lab's network first",
    EACCES: "ports below 1024 need root, in the lab's user namespace at least",
  };
  return fail(
    `cannot listen on ${values.address}:${values.port}: ${reasons[error.code ?? ""] ?? error.message}`,
  );
};

const file =
  values.state ??
  fail("--state is missing: give the data plane's state file, for example --state .lab/state/nlb.json");
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65535)
  fail(`--port is ${values.port}; it must be a number from 1 to 65535`);

const udp = createSocket("udp4");
udp.on("error", failure);
udp.on("message", (message, client) => {
  const response = respond(message, file);
  if (response) udp.send(response, client.port, client.address);
});

const tcp = createServer((socket) => {
  const split = splitMessages();
  socket.setTimeout(idleMs, () => {
    socket.destroy();
  });
  socket.on("error", () => {
    socket.destroy();
  });
  socket.on("data", (data) => {
    for (const message of split(data)) {
      const response = respond(message, file);
      if (response === undefined) return socket.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(response.length);
      socket.write(Buffer.concat([length, response]));
    }
  });
});
tcp.on("error", failure);

udp.bind(port, values.address, () => {
  tcp.listen(port, values.address, () => {
    console.log(`${new Date().toISOString()} dns: answers on ${values.address}:${values.port}`);
  });
});
