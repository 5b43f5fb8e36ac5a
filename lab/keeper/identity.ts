/**
 * The ids of the host that the lab's users become.
 *
 * If root starts the lab, the lab's root is the host's user 100000: as the host's root, runc would make real cgroups on the host and leave them there. If an
 * ordinary user starts it, the lab's root is that user, and the others are its subordinate ids. user_namespaces(7), subuid(5)
 */
import { readFileSync } from "node:fs";
import { addSubordinateIds, firstSubordinateId, subordinateIds } from "../subordinateIds.ts";

/** One line of a uid_map or gid_map. */
export interface IdRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

const rootIsOutside = 100_000;

export const mapsOfRoot: readonly IdRange[] = [
  { inside: 0, outside: rootIsOutside, count: 1 + subordinateIds },
];

/**
 * The maps of an ordinary user.
 * @param own the user's id (or group's id)
 * @param subordinate text of /etc/subuid (or /etc/subgid)
 * @param names the user's possible names there: login name and id
 * @throws if the file lists fewer than 65535 subordinate ids: pods with users other than root could not run
 */
export function mapsOfUser(
  own: number,
  subordinate: string,
  names: readonly string[],
  file: string,
): IdRange[] {
  const first = firstSubordinateId(subordinate, names);
  if (first === undefined) {
    throw new Error(
      `${file} lists no ${subordinateIds} subordinate ids for ${names.join(" or ")}: the lab's pods need their own users. ` +
        `Add them with: sudo ${addSubordinateIds(names[0] ?? "")}`,
    );
  }
  return [
    { inside: 0, outside: own, count: 1 },
    { inside: 1, outside: first, count: subordinateIds },
  ];
}

export const idMapText = (maps: readonly IdRange[]): string =>
  maps.map((range) => `${range.inside} ${range.outside} ${range.count}`).join("\n");

export const readSubordinate = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** The host's id of the lab's root: it has to own everything that the lab writes. */
export const labOwner = (uid: number): number => (uid === 0 ? rootIsOutside : uid);
