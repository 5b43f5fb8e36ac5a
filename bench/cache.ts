/** What the benchmarks hold the lab against, kept beside the lab's own cache and never in it: the lab is not made of it. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory } from "../lab/tools/cache.ts";

export const benchCache = (): string => `${cacheDirectory()}-bench`;

/**
 * Finds a directory in the cache or has it made, whole or not at all.
 * @param make fills the directory that it is given, which is not yet the final one
 */
export async function provideDirectory(
  name: string,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  const place = join(benchCache(), name);
  if (existsSync(place)) return place;
  const making = `${place}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  await make(making);
  await rename(making, place);
  return place;
}
