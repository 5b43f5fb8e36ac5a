/** What is wrong with a file that an option names, for people. */

const reasons: Readonly<Record<string, string>> = {
  EISDIR: "is a directory; name a file in it",
  ENOENT: "does not exist",
  ENOTDIR: "does not exist: a part of the path is a file",
  EACCES: "may not be read or written by this user",
  EROFS: "cannot be written: the file system is read-only",
  ENOSPC: "cannot be written: the disk is full",
};

/** @param option such as `--file` */
export function fileProblem(option: string, file: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return `${option} ${file} ${reasons[code] ?? `cannot be used: ${error instanceof Error ? error.message : String(error)}`}`;
}
