/** The host's side of the lab's doors: TCP ports on loopback, each carried by a unix socket into the lab's network namespaces. */
import { connect, createServer } from "node:net";
import type { Server } from "node:net";
import { relay } from "../forward/relay.ts";
import { takenPort } from "../ports.ts";
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
      reject(
        new Error(
          error.code === "EADDRINUSE"
            ? takenPort(door, port)
            : `port ${port.toString()} of 127.0.0.1: ${error.message}`,
        ),
      );
    });
    server.listen(port, "127.0.0.1", () => {
      resolve(server);
    });
  });
}
