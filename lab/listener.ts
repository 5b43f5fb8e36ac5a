/** Finds out who listens on a port of this machine, as far as this user may know. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { dirname, sep } from "node:path";
import { orElse, processFile, processIds } from "./processes.ts";

/** The state of a listening socket in /proc/net/tcp. https://docs.kernel.org/networking/proc_net_tcp.html */
const listening = "0A";

/** A listening socket: its owner's user id, and the inode by which its process can be found. */
export interface ListeningSocket {
  readonly uid: string;
  readonly inode: string;
}

/** Describes the listener: a lab and its project, a process by name and id, or at least its user. Only root sees what another user's processes have open. */
export function listenerOn(port: number): string {
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => socketsIn(readText(file), port));
  for (const pid of processIds()) {
    const open = descriptorsOf(pid);
    if (sockets.some(({ inode }) => open.includes(`socket:[${inode}]`))) return describe(pid);
  }
  const [socket] = sockets;
  return socket === undefined
    ? "another process"
    : `a process of ${userName(socket.uid, readText("/etc/passwd"))}`;
}

/** The sockets in a table of /proc/net that listen on the port. */
export function socketsIn(table: string, port: number): ListeningSocket[] {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, "0");
  return table.split("\n").flatMap((line) => {
    const [, local = "", , state, , , , uid = "", , inode = ""] = line.trim().split(/\s+/);
    return state === listening && local.endsWith(`:${hexadecimal}`) ? [{ uid, inode }] : [];
  });
}

/** The user's login name from the text of a passwd(5), or the id if it is not there. */
export function userName(uid: string, passwd: string): string {
  const name = passwd
    .split("\n")
    .map((line) => line.split(":"))
    .find((fields) => fields[2] === uid)?.[0];
  return name === undefined ? `the user with the id ${uid}` : `the user ${name}`;
}

/** A lab's ports belong to its keeper, whose working directory is the run directory of its project's .lab. */
function describe(pid: string): string {
  const place = orElse("", () => readlinkSync(`/proc/${pid}/cwd`));
  const isKeeper = processFile(pid, "cmdline").includes(`${sep}lab${sep}keeper${sep}main.ts`);
  return isKeeper
    ? `the lab of ${dirname(dirname(place))} (process ${pid}; npm run lab -- down stops it there)`
    : `${processFile(pid, "comm").trim()} (process ${pid})`;
}

/** What a process has open; empty if it has ended or is another user's. */
function descriptorsOf(pid: string): string[] {
  const directory = `/proc/${pid}/fd`;
  return orElse([], () => readdirSync(directory)).map((name) =>
    orElse("", () => readlinkSync(`${directory}/${name}`)),
  );
}

function readText(file: string): string {
  return orElse("", () => readFileSync(file, "utf8"));
}
