/** The machine's memory: how much there is, how much the lab needs, and the message when there is too little. */
import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { megabyteBytes, sizeText } from "./size.ts";

/** What a running lab with both ways deployed occupies. Measured: 1.2 GB without the apps, proportional to the sharing. */
export const labMemoryBytes = 1_500 * megabyteBytes;

/** What compiling and linking Kubernetes takes at its peak. */
export const buildMemoryBytes = 2_000 * megabyteBytes;

/** The memory that this process may use at most: the machine's, or its control group's limit. */
export function totalMemoryBytes(): number {
  // 0 if no limit is known. https://nodejs.org/docs/latest-v20.x/api/process.html#processconstrainedmemory
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/**
 * What programs can still get without driving others out: available memory and free swap space.
 * @param meminfo the text of /proc/meminfo, proc_meminfo(5)
 */
export function availableMemoryBytes(
  meminfo = readFileSync("/proc/meminfo", "utf8"),
  total = totalMemoryBytes(),
): number {
  const bytesOf = (name: string): number => {
    const [, kibibytes = "0"] = new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(meminfo) ?? [];
    return Number(kibibytes) * 1024;
  };
  return Math.min(bytesOf("MemAvailable") + bytesOf("SwapFree"), total);
}

/**
 * The complaint if there is too little memory, undefined if there is enough.
 * @param purpose what needs the memory, with its verb
 */
export function tooLittleMemory(
  purpose: string,
  neededBytes: number,
  availableBytes = availableMemoryBytes(),
): string | undefined {
  if (availableBytes >= neededBytes) return undefined;
  return `too little memory: ${purpose} ${sizeText(neededBytes)}, and ${sizeText(availableBytes)} are available. Stop other programs, or give this machine more memory.`;
}
