/** Runs inside the testbed: connects a Unix socket, which the host can reach, to a TCP port inside. */
import { connect, createServer } from "node:net";

const [, , path = "", port = ""] = process.argv;
createServer((socket) => {
  const inside = connect(Number(port), "127.0.0.1");
  socket.pipe(inside).pipe(socket);
  socket.on("error", () => inside.destroy());
  inside.on("error", () => socket.destroy());
}).listen(path);
