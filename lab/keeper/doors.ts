/** The host's side of the lab's doors: TCP ports on loopback, each carried by a unix socket into the lab's network namespaces. */
import { connect, createServer } from "node:net";
import type { Server } from "node:net";
import { relay } from "../forward/relay.ts";
import { doors, doorSocket } from "../plan.ts";
import type { Door, LabPorts } from "../plan.ts";

/**
 * Listens on every port of the plan.
 * @throws if a port is taken, naming the port and its door
 */
export async function openDoors(ports: LabPorts): Promise<Server[]> {
  return Promise.all(doors.map((door) => openDoor(door, ports[door])));
}

/** Sockets are named relative to the working directory: the keeper's is the run directory. */
function openDoor(door: Door, port: number): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (outer) => {
    const inner = connect({ path: doorSocket(door), allowHalfOpen: true });
    relay(outer, inner);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE" ? "is taken by another process" : `can't be used (${error.message})`;
      reject(new Error(`port ${port.toString()} on 127.0.0.1, the lab's door to "${door}", ${reason}`));
    });
    server.listen(port, "127.0.0.1", () => {
      resolve(server);
    });
  });
}
