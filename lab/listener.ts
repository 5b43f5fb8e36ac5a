/** Who listens on a port of this machine, as far as this user may know. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { dirname, sep } from "node:path";

/** The state of a listening socket in /proc/net/tcp. https://docs.kernel.org/networking/proc_net_tcp.html */
const listening = "0A";

/** A socket that listens: its owner's user id, and the inode by which its process is known. */
export interface ListeningSocket {
  readonly uid: string;
  readonly inode: string;
}

/**
 * In words: a lab and its project, a process by name and id, or at least whose it is. Another user's processes do not show what they have open, except to
 * root.
 */
export function listenerOn(port: number): string {
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => socketsIn(readText(file), port));
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const open = descriptorsOf(pid);
    if (sockets.some(({ inode }) => open.includes(`socket:[${inode}]`))) return describe(pid);
  }
  const [socket] = sockets;
  return socket === undefined
    ? "another process"
    : `a process of ${userName(socket.uid, readText("/etc/passwd"))}`;
}

/** The sockets of a table of /proc/net that listen on the port. */
export function socketsIn(table: string, port: number): ListeningSocket[] {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, "0");
  return table.split("\n").flatMap((line) => {
    const [, local = "", , state, , , , uid = "", , inode = ""] = line.trim().split(/\s+/);
    return state === listening && local.endsWith(`:${hexadecimal}`) ? [{ uid, inode }] : [];
  });
}

/** The login name that a passwd(5) has for the id, with the id where it has none. */
export function userName(uid: string, passwd: string): string {
  const name = passwd
    .split("\n")
    .map((line) => line.split(":"))
    .find((fields) => fields[2] === uid)?.[0];
  return name === undefined ? `the user with the id ${uid}` : `the user ${name}`;
}

/** A lab's ports are held by its keeper, which works in the run directory of its project's .lab. */
function describe(pid: string): string {
  const place = orElse("", () => readlinkSync(`/proc/${pid}/cwd`));
  const isKeeper = readText(`/proc/${pid}/cmdline`).includes(`${sep}lab${sep}keeper${sep}main.ts`);
  return isKeeper
    ? `the lab of ${dirname(dirname(place))} (process ${pid}; npm run lab -- down stops it there)`
    : `${readText(`/proc/${pid}/comm`).trim()} (process ${pid})`;
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
