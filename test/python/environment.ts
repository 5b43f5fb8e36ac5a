/** Virtual environments with Python packages for tests, each a piece of the cache. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory, directoryOf, keyOf, openCache, prune, publish } from "../../lab/tools/cache.ts";
import { withLock } from "../../lab/tools/lock.ts";
import { buildPython, findPython } from "../../lab/tools/python.ts";

/**
 * From the cache, or installed now.
 * @param name of the piece: lower-case letters
 * @param requirements a file with the hashes of all packages
 * @returns the environment's directory
 */
export async function pythonEnvironment(name: string, requirements: string): Promise<string> {
  const cache = cacheDirectory();
  const key = keyOf({ requirements: await readFile(requirements, "utf8"), arch: process.arch });
  const piece = { name, key };
  await openCache(cache);
  await withLock(join(cache, `${name}-lock`), {}, async () => {
    if ((await findPython(cache, piece)) !== undefined) return;
    const building = await mkdtemp(join(cache, `building-${name}-`));
    try {
      await buildPython(building, { requirements }, { onProgress: () => undefined });
      await publish(cache, piece, building);
    } finally {
      await rm(building, { recursive: true, force: true });
    }
    await prune(cache, [piece]);
  });
  return directoryOf(cache, piece);
}
