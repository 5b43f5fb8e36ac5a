/** Ids that the host reserves for an ordinary user's namespaces: /etc/subuid and /etc/subgid. https://man7.org/linux/man-pages/man5/subuid.5.html */

/** Images may use any 16-bit id; 0 is the user's own. */
export const subordinateIds = 65_535;

/**
 * @param text the file's text: lines of `user:first:count`
 * @param names the user's possible names there: login name and id
 * @returns the first id of a range that is large enough
 */
export function firstSubordinateId(text: string, names: readonly string[]): number | undefined {
  const [range] = text
    .split("\n")
    .map((line) => line.split(":"))
    .filter(([name = "", , count]) => names.includes(name) && Number(count) >= subordinateIds);
  return range === undefined ? undefined : Number(range[1]);
}

/** The command that reserves enough of them. */
export function addSubordinateIds(user: string): string {
  return `usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user}`;
}
