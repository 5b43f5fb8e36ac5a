/** The host's ports that lead into the lab: TCP ports on loopback, each relayed over a unix socket into the lab's network namespaces. */
import { connect, createServer } from "node:net";
import type { Server } from "node:net";
import { relay } from "../forward/relay.ts";
import { takenPort } from "../ports.ts";
import { entryPorts, entrySocket } from "../plan.ts";
import type { EntryPort, LabPorts } from "../plan.ts";

/**
 * Listens on every port of the plan.
 * @param cloud the name of the lab's cloud
 * @throws if a port is taken, naming it and the key that sets it
 */
export async function openEntryPorts(ports: LabPorts, cloud?: string): Promise<Server[]> {
  return Promise.all(entryPorts.map((entry) => openEntryPort(entry, ports[entry], cloud)));
}

/** Sockets are named relative to the working directory: the keeper's is the run directory. */
function openEntryPort(entry: EntryPort, port: number, cloud: string | undefined): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (outer) => {
    const inner = connect({ path: entrySocket(entry), allowHalfOpen: true });
    relay(outer, inner);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      reject(
        new Error(isTaken ? takenPort(entry, port, cloud) : `port ${port} of 127.0.0.1: ${error.message}`),
      );
    });
    server.listen(port, "127.0.0.1", () => {
      resolve(server);
    });
  });
}
