/**
 * The load balancers' proxy as a container image, under upstream's name: an app that reads proxy protocol headers. Its program is linked dynamically, so the image
 * has the machine's own C library, with which the program runs on the machine too.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OptionalProxy } from "../clouds/cloud.ts";
import { run } from "./command.ts";
import { writeImage } from "./images.ts";
import type { Image } from "./images.ts";
import { proxyArchive } from "./proxyImagePiece.ts";

interface Contents {
  /** The proxy's program on this machine. */
  readonly program: string;
  readonly image: OptionalProxy["image"];
  readonly architecture: string;
}

/** Writes `proxyArchive` to a directory. */
export async function writeProxyImage(to: string, { program, image, architecture }: Contents): Promise<void> {
  const libraries = librariesIn(await run("ldd", [program]));
  const contents = new Map<string, Buffer>();
  for (const path of [program, ...libraries]) contents.set(path, await readFile(path));
  await writeImage(join(to, proxyArchive), proxyImage(image, program, contents), architecture);
}

/**
 * Such as `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f…)`, and the dynamic linker alone, `/lib64/ld-linux-x86-64.so.2 (0x00007f…)`. The kernel's own
 * library has no file.
 *
 * @param listing what ldd(1) prints
 */
export const librariesIn = (listing: string): string[] =>
  listing.split("\n").flatMap((line) => /(?:=> |^\s*)(\/\S+) \(0x/.exec(line)?.[1] ?? []);

/** @param contents by path on this machine: the program's, and those of its libraries, which keep their places */
export function proxyImage(
  { name, program: place }: OptionalProxy["image"],
  program: string,
  contents: ReadonlyMap<string, Buffer>,
): Image {
  const libraries = [...contents.keys()].filter((path) => path !== program);
  return {
    names: [name],
    layers: [
      [...contents].map(([path, content]) => ({
        name: (path === program ? place : path).replace(/^\//, ""),
        mode: 0o755,
        content,
      })),
    ],
    config: {
      Entrypoint: [place],
      Env: [`LD_LIBRARY_PATH=${[...new Set(libraries.map((path) => dirname(path)))].join(":")}`],
    },
  };
}
