/** The lab's side of a door: a unix socket in the run directory, each connection carried on to a TCP address. */
import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { doorSocket } from "../plan.ts";
import type { Door } from "../plan.ts";
import { relay } from "./relay.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Listens on a door's socket in the working directory.
 * @param where the address to carry a connection to
 * @param refuse what to do with a connection that has nowhere to go
 */
export function openSocketDoor(
  door: Door,
  where: () => Promise<Address>,
  refuse: (outer: Socket, error: unknown) => void = (outer) => outer.destroy(),
): Promise<Server> {
  const path = doorSocket(door);
  // A socket's file outlives the process that made it.
  rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (outer) => {
    outer.on("error", () => outer.destroy());
    where().then(
      ({ host, port }) => {
        relay(outer, connect({ host, port, allowHalfOpen: true }));
      },
      (error: unknown) => {
        refuse(outer, error);
      },
    );
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      resolve(server);
    });
  });
}
