/** The supervisor's side of the control socket. */
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { controlSocket, parseRequest } from "./requests.ts";
import type { ControlAnswer, ControlRequest } from "./requests.ts";

/** Carries out a request; what it throws becomes the reason of the refusal. */
export type Fulfil = (request: ControlRequest) => Promise<ControlAnswer>;

/** Listens in the working directory, which must be the run directory: an absolute path could exceed the 107 bytes of a socket's name. */
export function openControl(fulfil: Fulfil): Promise<Server> {
  // A socket's file outlives its process.
  rmSync(controlSocket, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    // The client may leave before the answer; its request is carried out anyway.
    socket.on("error", () => socket.destroy());
    void answer(socket, fulfil);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(controlSocket, () => {
      resolve(server);
    });
  });
}

async function answer(socket: Socket, fulfil: Fulfil): Promise<void> {
  let given: ControlAnswer;
  try {
    given = await fulfil(parseRequest(await received(socket)));
  } catch (error) {
    given = { kind: "refused", reason: error instanceof Error ? error.message : String(error) };
  }
  socket.end(JSON.stringify(given));
}

/** Everything that was sent, once the other side has finished. The socket stays open for the answer. */
async function received(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (more: string) => (text += more));
  await once(socket, "end");
  return text;
}
