/** Run inside the test bed, on a node: answers TCP lines, HTTP requests and UDP datagrams with its name and the client's address. */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";

const [, , node = "", port = ""] = process.argv;

createServer((socket) => {
  const answer = JSON.stringify({ node, from: socket.remoteAddress?.replace("::ffff:", "") });
  socket.on("error", () => undefined);
  socket.on("data", (data) => {
    if (data.toString().startsWith("GET "))
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    else socket.write(`${answer}\n`);
  });
}).listen(Number(port), "0.0.0.0");

const udp = createSocket("udp4");
udp.on("message", (_, from) => {
  udp.send(JSON.stringify({ node, from: from.address }), from.port, from.address);
});
udp.bind(Number(port), "0.0.0.0");
