/** The servers of one host of the testbed, by port. They answer TCP lines, HTTP requests and UDP datagrams with the host's name and the client's address. */
import { createSocket } from "node:dgram";
import type { Socket as UdpSocket } from "node:dgram";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";

interface Open {
  readonly tcp: Server;
  readonly udp: UdpSocket;
  readonly connections: Set<Socket>;
}

const servers = new Map<number, Open>();

/** Resolves once the port accepts TCP and UDP. */
export async function listen(host: string, port: number): Promise<void> {
  const connections = new Set<Socket>();
  const tcp = createServer((socket) => {
    connections.add(socket);
    const answer = JSON.stringify({ node: host, from: socket.remoteAddress?.replace("::ffff:", "") });
    socket.on("error", () => undefined);
    socket.on("close", () => connections.delete(socket));
    socket.on("data", (data) => {
      if (data.toString().startsWith("GET "))
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      else socket.write(`${answer}\n`);
    });
  });
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
