/**
 * Which ids of the host the lab's users become.
 *
 * Started by root, the lab's root is the host's 100000: with the host's own root inside, runc would make real cgroups on
 * the host and leave them there. Started by an ordinary user, the lab's root is that user and the rest are its subordinate ids, as user_namespaces(7) and
 * subuid(5) describe.
 */
import { readFileSync } from "node:fs";

/** One line of a uid_map or gid_map. */
export interface IdRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

/** Enough for every id that a container image may use. */
const idCount = 65_536;
const rootIsOutside = 100_000;

export const mapsOfRoot: readonly IdRange[] = [{ inside: 0, outside: rootIsOutside, count: idCount }];

/**
 * The maps of an ordinary user.
 * @param own the user's id (or group's id)
 * @param subordinate text of /etc/subuid (or /etc/subgid)
 * @param names how the user may be listed there: login name and id
 * @throws where fewer than 65536 subordinate ids are listed: pods with other users than root could not run
 */
export function mapsOfUser(
  own: number,
  subordinate: string,
  names: readonly string[],
  file: string,
): IdRange[] {
  for (const line of subordinate.split("\n")) {
    const [name = "", start = "", count = ""] = line.split(":");
    if (names.includes(name) && Number(count) >= idCount - 1) {
      return [
        { inside: 0, outside: own, count: 1 },
        { inside: 1, outside: Number(start), count: idCount - 1 },
      ];
    }
  }
  throw new Error(
    `${file} lists no ${(idCount - 1).toString()} subordinate ids for ${names.join(" or ")}: the lab's pods need users of their own. ` +
      `Add them with: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${names[0] ?? ""}`,
  );
}

export const idMapText = (maps: readonly IdRange[]): string =>
  maps
    .map((range) => `${range.inside.toString()} ${range.outside.toString()} ${range.count.toString()}`)
    .join("\n");

export const readSubordinate = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** The host's id of the lab's root: the owner of what the lab must be able to write. */
export const labOwner = (uid: number): number => (uid === 0 ? rootIsOutside : uid);
