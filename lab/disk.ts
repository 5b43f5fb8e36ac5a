/** The disk that the lab's directory is on: what a lab needs of it, and what to say when there is too little. */
import { statfsSync } from "node:fs";
import { dirname } from "node:path";

const megabyte = 1e6;

/** What a lab writes first: 100 MB of images, 128 MB of etcd's log, which is allocated ahead, the nodes' databases. Measured: 235 MB. */
export const firstStartBytes = 300 * megabyte;

/** What it writes on top of what it has. With less, etcd could find no room for a next segment of its log, of 64 MB. */
export const laterStartBytes = 70 * megabyte;

/** Free bytes of the file system that a directory is on, or will be. */
export function freeBytes(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || directory === dirname(directory)) throw error;
    return freeBytes(dirname(directory));
  }
}

/** @throws if the disk has no room for what is needed */
export function requireSpace(directory: string, neededBytes: number, free = freeBytes(directory)): void {
  if (free >= neededBytes) return;
  throw new Error(
    `too little disk space in ${directory}: the lab needs ${inMegabytes(neededBytes)} there, and ${inMegabytes(free)} are free. ` +
      "Free some space, or move the checkout to a larger disk.",
  );
}

/** A disk with less than this is called full: that a write of a few kilobytes may still succeed helps nobody. */
const littleBytes = 5 * megabyte;

/** A sentence if the disk is full, so that what fails can be told to fail by it; undefined if it is not. */
export function fullDisk(directory: string, free = freeBytes(directory)): string | undefined {
  if (free >= littleBytes) return undefined;
  return `the disk that holds ${directory} is full, ${inMegabytes(free)} are free: free some space`;
}

const inMegabytes = (bytes: number): string => `${Math.floor(bytes / megabyte).toString()} MB`;
