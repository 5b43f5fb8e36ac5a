/**
 * The resolver of the nodes' network: answers on UDP and TCP, for the nodes and for what the cloud's DNS serves.
 *
 *     node loading/run.mjs lab/dns/main.ts --address 10.0.0.2 --cloud aws --state .lab/state
 */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { decode, encode } from "dns-packet";
import { nodeNetwork } from "../layout.ts";
import { defaultCloud, labCloud } from "../clouds/index.ts";
import { answer } from "./answer.ts";
import { labNames } from "./records.ts";
import { splitMessages } from "./stream.ts";

const { values } = parseArgs({
  options: {
    /** The address to answer on. */
    address: { type: "string", default: nodeNetwork.resolver },
    port: { type: "string", default: "53" },
    cloud: { type: "string", default: defaultCloud.name },
    /** The lab's state directory. The cloud's files may appear there later. */
    state: { type: "string" },
  },
});

/** How long a TCP connection may stay silent. */
const idleMs = 10_000;

/** The bytes of an answer; undefined if the message is not a query. */
function respond(message: Buffer): Buffer | undefined {
  try {
    const query = decode(message);
    return query.type === "query" ? encode(answer(query, names, shuffled, Math.random())) : undefined;
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
    EADDRINUSE: "another process listens there: is another lab's resolver running in this network namespace?",
    EADDRNOTAVAIL: "this network namespace does not have the address: start the lab's network first",
    EACCES: "ports below 1024 need root, at least in the lab's user namespace",
  };
  return fail(
    `cannot listen on ${values.address}:${values.port}: ${reasons[error.code ?? ""] ?? error.message}`,
  );
};

const state =
  values.state ?? fail("--state is missing: give the lab's state directory, for example --state .lab/state");
const names = labNames(labCloud(values.cloud).names(state));
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65535)
  fail(`--port is ${values.port}; it must be a number from 1 to 65535`);

const udp = createSocket("udp4");
udp.on("error", failure);
udp.on("message", (message, client) => {
  const response = respond(message);
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
      const response = respond(message);
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
    console.log(`${new Date().toISOString()} dns: listening on ${values.address}:${values.port}`);
  });
});
