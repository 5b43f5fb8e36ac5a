/**
 * The machine's BusyBox, from which images get the small commands that people and Kubernetes' specs call. Debian, Fedora and Arch have it linked statically, so
 * that it runs in an image as it is.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { run } from "./command.ts";
import { firstExisting } from "./pulumi.ts";

export interface BusyBox {
  readonly path: string;
  readonly program: Buffer;
  /** Identifies its contents. */
  readonly key: string;
}

/** Fixed, and not the PATH: the images must not depend on the shell from which the lab is started. */
const directories = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** Undefined if there is none, or none that is linked statically. */
export async function findBusyBox(places: readonly string[] = directories): Promise<BusyBox | undefined> {
  const path = await firstExisting(places, "busybox");
  if (path === undefined) return undefined;
  const program = await readFile(path);
  if (!isStatic(program)) return undefined;
  return { path, program, key: createHash("sha256").update(program).digest("hex") };
}

/** The names of the commands that it is. */
export async function commandsOf({ path }: Pick<BusyBox, "path">): Promise<string[]> {
  return (await run(path, ["--list"])).trim().split("\n");
}

/** Where a 64-bit ELF header says how many program headers there are, and where. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const elf = { magic: "\x7fELF", headersAt: 32, headerSizeAt: 54, headerCountAt: 56, interpreter: 3 } as const;

/** Whether a program names no dynamic linker. */
export function isStatic(program: Buffer): boolean {
  if (program.subarray(0, 4).toString("latin1") !== elf.magic) return false;
  const start = Number(program.readBigUInt64LE(elf.headersAt));
  const size = program.readUInt16LE(elf.headerSizeAt);
  const count = program.readUInt16LE(elf.headerCountAt);
  const kinds = Array.from({ length: count }, (_, index) => program.readUInt32LE(start + index * size));
  return !kinds.includes(elf.interpreter);
}
