/** Free ports for another lab. */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Free ports on loopback, below the range that the kernel uses for outgoing connections: it could take one of those before the lab listens. */
export async function freePorts(count: number, among = { least: 20_000, count: 10_000 }): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = among.least + randomInt(among.count);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    await once(server.close(), "close");
    return true;
  } catch {
    return false;
  }
}
