/** Run inside the test bed: leads from a socket in the file system, which the host reaches, to a TCP port inside. */
import { connect, createServer } from "node:net";

const [, , path = "", port = ""] = process.argv;
createServer((socket) => {
  const inside = connect(Number(port), "127.0.0.1");
  socket.pipe(inside).pipe(socket);
  socket.on("error", () => inside.destroy());
  inside.on("error", () => socket.destroy());
}).listen(path);
