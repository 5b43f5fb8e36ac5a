/** The cache of programs that the lab is compared with. It is separate from the lab's own: the lab does not use them. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory } from "../lab/tools/cache.ts";

export const benchCache = (): string => `${cacheDirectory()}-bench`;

/**
 * Finds a directory in the cache, or makes it: completely or not at all.
 * @param make fills a directory, which is then moved to its final place
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
