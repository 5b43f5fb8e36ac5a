/** Free disk space: how much there is, how much the lab needs, and the message when there is too little. */
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { labFiles } from "./files.ts";
import { megabyteBytes, sizeText } from "./size.ts";
import { CommandError } from "./tools/command.ts";

/** What the first start of a lab writes: 100 MB of images, 128 MB of etcd's preallocated log, the nodes' databases. Measured: 235 MB. */
export const firstStartBytes = 300 * megabyteBytes;

/** What a later start adds. With less, etcd might find no room for the next segment of its log, which is 64 MB. */
export const laterStartBytes = 70 * megabyteBytes;

/** What Go's caches and the programs take together until the caches are removed. Measured: 7 GB. */
export const buildBytes = 8_000 * megabyteBytes;

/** Space that something needs in a directory, which may not exist yet. */
export interface SpaceNeed {
  readonly directory: string;
  readonly neededBytes: number;
  /** What needs the space, with its verb. */
  readonly purpose: string;
  readonly remedy: string;
}

/** The space that a lab in this directory needs to start. */
export function labSpace(directory: string): SpaceNeed {
  const isFirst = !existsSync(labFiles(directory).state);
  return {
    directory,
    neededBytes: isFirst ? firstStartBytes : laterStartBytes,
    purpose: "the lab needs",
    remedy: "Free some space, or move the checkout to a larger disk.",
  };
}

/** The space that building the lab's programs needs in the cache. */
export function buildSpace(cache: string): SpaceNeed {
  return {
    directory: cache,
    neededBytes: buildBytes,
    purpose: "building the lab's programs temporarily needs",
    remedy: "Free some space, or set XDG_CACHE_HOME to a directory on a larger disk.",
  };
}

/** Free bytes of the file system that holds a directory, or will hold it. */
export function freeBytes(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || directory === dirname(directory)) throw error;
    return freeBytes(dirname(directory));
  }
}

/** The file system has too little room. */
export class DiskFullError extends Error {
  override name = "DiskFullError";
  constructor({ directory, neededBytes, purpose, remedy }: SpaceNeed, free: number, options?: ErrorOptions) {
    super(
      `too little disk space in ${directory}: ${purpose} ${sizeText(neededBytes)} there, and ${sizeText(free)} are free. ${remedy}`,
      options,
    );
  }
}

/** @throws {DiskFullError} if there is too little space */
export function requireSpace(need: SpaceNeed, free = freeBytes(need.directory)): void {
  if (free < need.neededBytes) throw new DiskFullError(need, free);
}

/** The complaint if there is too little space, undefined if there is enough. */
export function tooLittleSpace(need: SpaceNeed): string | undefined {
  const free = freeBytes(need.directory);
  return free < need.neededBytes ? new DiskFullError(need, free).message : undefined;
}

/** A disk with less than this counts as full, even if a write of a few kilobytes might still succeed. */
const fullBelowBytes = 5 * megabyteBytes;

/** A sentence if the disk is full, so that a failure can name its cause; undefined if it is not. */
export function fullDisk(directory: string, free = freeBytes(directory)): string | undefined {
  if (free >= fullBelowBytes) return undefined;
  return `the disk that holds ${directory} is full, ${sizeText(free)} are free: free some space`;
}

/** Whether a Node error or a failed command's output says that a disk is full. */
export function saysDiskFull(error: unknown): boolean {
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOSPC") return true;
  return error instanceof CommandError && /no space left on device/i.test(error.output);
}
