/** What the image of the load balancers' proxy is built from. Apart from what packs it, which loads two hundred modules. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { OptionalProxy } from "../clouds/cloud.ts";
import { keyOf } from "./cache.ts";
import type { Piece } from "./cache.ts";

/** The one file of the piece. */
export const proxyArchive = "proxy.tar";

export async function proxyImagePiece({ requirements, image }: OptionalProxy): Promise<Piece> {
  const key = keyOf({
    requirements: await readFile(requirements, "utf8"),
    image: JSON.stringify(image),
    recipe: await readFile(join(import.meta.dirname, "proxyImage.ts"), "utf8"),
    arch: process.arch,
  });
  return { name: "proxyimage", key };
}
