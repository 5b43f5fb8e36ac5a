/** The servers of one host of the testbed, by port. They answer TCP lines, HTTP requests and UDP datagrams with the host's name and the client's address. */
import { createSocket } from "node:dgram";
import type { Socket as UdpSocket } from "node:dgram";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

interface Open {
  readonly tcp: Server;
  readonly udp: UdpSocket;
  readonly connections: Set<Socket>;
}

/** What a server that ends TLS itself has. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** Begins each header of the proxy protocol's version 2. https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, section 2.2 */
const signature = Buffer.from("0d0a0d0a000d0a515549540a", "hex");
const lengthOf = (header: Buffer): number => 16 + header.readUInt16BE(14);

/** The source and the destination of a TCP connection over IPv4. */
function inWords(header: Buffer): string {
  const address = (offset: number): string => header.subarray(offset, offset + 4).join(".");
  return `${address(16)}:${header.readUInt16BE(24)} to ${address(20)}:${header.readUInt16BE(26)}`;
}

const servers = new Map<number, Open>();

/** Resolves once the port accepts TCP and UDP. */
export async function listen(host: string, port: number, identity?: Identity): Promise<void> {
  const connections = new Set<Socket>();
  const accept = (socket: Socket): void => {
    connections.add(socket);
    const answer = { node: host, from: socket.remoteAddress?.replace("::ffff:", "") };
    let header: string | undefined;
    socket.on("error", () => undefined);
    socket.on("close", () => connections.delete(socket));
    socket.on("data", (data) => {
      const rest = data.subarray(0, signature.length).equals(signature)
        ? data.subarray(lengthOf(data))
        : data;
      if (rest.length < data.length) header = inWords(data);
      if (rest.length === 0) return;
      if (rest.toString().startsWith("GET "))
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      else socket.write(`${JSON.stringify(header === undefined ? answer : { ...answer, header })}\n`);
    });
  };
  const tcp =
    identity === undefined
      ? createServer(accept)
      : createTlsServer({ cert: identity.certificate, key: identity.key }, accept);
  const udp = createSocket("udp4");
  udp.on("message", (_, from) => {
    udp.send(JSON.stringify({ node: host, from: from.address }), from.port, from.address);
  });
  await Promise.all([
    new Promise<void>((resolve) => tcp.listen(port, "0.0.0.0", resolve)),
    new Promise<void>((resolve) => udp.bind(port, "0.0.0.0", resolve)),
  ]);
  servers.set(port, { tcp, udp, connections });
}

/** Closes a port with its connections, as if the process had been killed. */
export async function close(port: number): Promise<void> {
  const open = servers.get(port);
  if (open === undefined) return;
  servers.delete(port);
  for (const connection of open.connections) connection.destroy();
  await Promise.all([
    new Promise<void>((resolve) => open.tcp.close(() => resolve())),
    new Promise<void>((resolve) => open.udp.close(resolve)),
  ]);
}

export const ports = (): number[] => [...servers.keys()];
