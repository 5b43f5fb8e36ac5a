/** Says before anything is started which of the lab's ports is taken, by whom, and where to change it. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { doors } from "../lab/plan.ts";
import type { LabPorts } from "../lab/plan.ts";
import { keyOfPort, labStack, SettingsError } from "../lab/settings.ts";

/** @throws {SettingsError} naming every port that is taken */
export async function requireFreePorts(ports: LabPorts): Promise<void> {
  const taken = await Promise.all(
    doors.map(async (door) => ((await isFree(ports[door])) ? [] : [complaint(ports[door], keyOfPort[door])])),
  );
  const complaints = taken.flat();
  if (complaints.length > 0) throw new SettingsError(complaints.join("\n"));
}

function complaint(port: number, key: string): string {
  const by = listenerOn(port) ?? "another process";
  return `port ${port} of 127.0.0.1, which the lab wants to use, is taken by ${by}; choose another with ${key} in Pulumi.${labStack}.yaml`;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** The state of a listening socket in /proc/net/tcp. https://docs.kernel.org/networking/proc_net_tcp.html */
const listening = "0A";

/** The process that listens on the port, as far as this user may know: name and id. */
function listenerOn(port: number): string | undefined {
  const inodes = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => socketsIn(readText(file), port));
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (inodes.some((inode) => descriptorsOf(pid).includes(`socket:[${inode}]`))) {
      return `${readText(`/proc/${pid}/comm`).trim()} (process ${pid})`;
    }
  }
  return undefined;
}

/** Inodes of the sockets that listen on the port. */
export function socketsIn(table: string, port: number): string[] {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, "0");
  return table.split("\n").flatMap((line) => {
    const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
    return state === listening && local.endsWith(`:${hexadecimal}`) ? [inode] : [];
  });
}

/** What a process has open; nothing if it is another user's or has ended. */
function descriptorsOf(pid: string): string[] {
  const directory = `/proc/${pid}/fd`;
  return orElse([], () => readdirSync(directory)).map((name) =>
    orElse("", () => readlinkSync(`${directory}/${name}`)),
  );
}

function readText(file: string): string {
  return orElse("", () => readFileSync(file, "utf8"));
}

/** What is in /proc may be gone at any time. */
function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
