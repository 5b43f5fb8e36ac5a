/** Says what is needed, and where, when the disk is too small for the build. */
import { statfs } from "node:fs/promises";
import { CommandError } from "./command.ts";

const gigabyte = 1e9;

/** The file system has no room for the build. */
export class DiskFullError extends Error {
  override name = "DiskFullError";
  constructor(path: string, neededBytes: number, freeBytes: number) {
    const inGigabytes = (bytes: number) => (bytes / gigabyte).toFixed(1);
    super(
      `too little disk space in ${path}: building the lab's tools needs ${inGigabytes(neededBytes)} GB for a while, ` +
        `and ${inGigabytes(freeBytes)} GB are free. Free some space, or set XDG_CACHE_HOME to a directory on a larger disk.`,
    );
  }
}

export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** @throws {DiskFullError} if fewer bytes than needed are free */
export async function requireSpace(
  path: string,
  neededBytes: number,
  measure: (path: string) => Promise<number> = freeBytes,
): Promise<void> {
  const free = await measure(path);
  if (free < neededBytes) throw new DiskFullError(path, neededBytes, free);
}

/** True if an error of Node's, or a failed command's output, says that a disk is full. */
export function saysDiskFull(error: unknown): boolean {
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOSPC") return true;
  return error instanceof CommandError && /no space left on device/i.test(error.output);
}
