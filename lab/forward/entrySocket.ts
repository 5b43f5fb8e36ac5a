/** The inner end of a host's port: a unix socket in the run directory whose connections go on to a TCP address. */
import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { entrySocket } from "../plan.ts";
import type { EntryPort } from "../plan.ts";
import { relay } from "./relay.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Listens on the socket in the working directory.
 * @param where finds the address for a connection
 * @param refuse handles a connection for which there is no address
 */
export function openEntrySocket(
  entry: EntryPort,
  where: () => Promise<Address>,
  refuse: (outer: Socket, error: unknown) => void = (outer) => outer.destroy(),
): Promise<Server> {
  const path = entrySocket(entry);
  // A socket's file outlives its process.
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
