/** Sizes of memory and disks, as people read them. */

export const megabyteBytes = 1e6;
const gigabyteBytes = 1e9;

/** `300 MB`, `1.5 GB`; rounded down, so that a shortage never looks like enough. */
export function sizeText(bytes: number): string {
  if (bytes < gigabyteBytes) return `${Math.floor(bytes / megabyteBytes)} MB`;
  return `${(Math.floor((bytes / gigabyteBytes) * 10) / 10).toFixed(1)} GB`;
}
