/**
 * Makes paths reachable for the lab when root starts it.
 *
 * Inside, the lab's root is an ordinary user of the host, who cannot enter a directory such as root's home (mode 0700). In its own mount namespace, an empty
 * directory covers each such closed one, and what the lab needs below it is mounted at the same path again.
 */
import { statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { quote } from "../shell.ts";

/** Whether users other than the owner may pass through a directory. */
export type IsOpen = (directory: string) => boolean;

const isOpenToAll: IsOpen = (directory) => (statSync(directory).mode & 0o001) !== 0;

/** The outermost directory above `path` that others may not pass, if there is one. */
export function closedAncestor(path: string, isOpen: IsOpen): string | undefined {
  const parts = dirname(path).split(sep).filter(Boolean);
  let directory = "/";
  for (const part of parts) {
    directory = join(directory, part);
    if (!isOpen(directory)) return directory;
  }
  return undefined;
}

/** An empty directory that every Linux system has and that contains no needed path. It holds the mounts while their own place is covered. */
function stagingDirectory(paths: readonly string[]): string {
  const free = ["/mnt", "/media", "/srv"].find(
    (candidate) => !paths.some((path) => path.startsWith(`${candidate}/`)),
  );
  if (free === undefined)
    throw new Error(
      "the lab's files are in /mnt, /media and /srv at the same time; move the checkout elsewhere",
    );
  return free;
}

/** @throws if one of the paths itself is closed to others: no mount changes that */
export function requireOpen(paths: readonly string[], isOpen: IsOpen = isOpenToAll): void {
  const closed = paths.filter((path) => !isOpen(path));
  if (closed.length === 0) return;
  throw new Error(
    `a lab that root starts runs as another user, who may not enter ${closed.join(" and ")}; allow it with: chmod o+rx ${closed.map(quote).join(" ")}`,
  );
}

/** Shell commands for a private mount namespace. After them everyone can reach every path. */
export function reachCommands(paths: readonly string[], isOpen: IsOpen = isOpenToAll): string[] {
  const closed = new Map<string, string[]>();
  for (const path of new Set(paths)) {
    const ancestor = closedAncestor(path, isOpen);
    if (ancestor !== undefined) closed.set(ancestor, [...(closed.get(ancestor) ?? []), path]);
  }
  if (closed.size === 0) return [];
  const staging = stagingDirectory(paths);
  const held = [...closed.values()].flat().map((path, index) => ({ path, at: `${staging}/${index}` }));
  return [
    `mount -t tmpfs -o mode=0755 tmpfs ${staging}`,
    ...held.flatMap(({ path, at }) => [`mkdir ${at}`, `mount --rbind ${quote(path)} ${at}`]),
    ...[...closed.keys()].map((directory) => `mount -t tmpfs -o mode=0755 tmpfs ${quote(directory)}`),
    ...held.flatMap(({ path, at }) => [`mkdir -p ${quote(path)}`, `mount --rbind ${at} ${quote(path)}`]),
    `umount -l ${staging}`,
  ];
}
