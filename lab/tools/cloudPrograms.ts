/** Builds the programs that labs of one cloud have, and no other: a piece of their own, so that who uses another cloud neither waits for them nor has them. */
import { mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CloudProgram, CloudPrograms } from "../clouds/cloud.ts";
import { keyOf } from "./cache.ts";
import type { Piece } from "./cache.ts";
import { buildPrograms, requireGo } from "./go.ts";
import type { GoOptions } from "./go.ts";
import type { GoBuild } from "./programs.ts";

const goBuild = ({ package: main, linkerFlags }: CloudProgram): GoBuild => ({
  module: ".",
  packages: [main],
  cgo: false,
  tags: [],
  linkerFlags: [["-s -w", ...linkerFlags].join(" ")],
});

/** The name that Go gives a program: the last part of its package's path, or of its module's for a package in the module's own folder. */
function builtName({ package: main }: CloudProgram, goMod: string): string {
  return basename(main === "." ? (/^module (\S+)$/m.exec(goMod)?.[1] ?? "") : main);
}

export async function cloudProgramsPiece({ piece, programs }: CloudPrograms): Promise<Piece> {
  const sources = await Promise.all(
    programs.map(async (program) => {
      const files = (await readdir(program.source))
        .filter((name) => /(\.go|go\.mod|go\.sum)$/.test(name))
        .sort();
      const texts = await Promise.all(files.map((name) => readFile(join(program.source, name), "utf8")));
      return [program.name, JSON.stringify([goBuild(program), files, texts])] as const;
    }),
  );
  return { name: piece, key: keyOf({ ...Object.fromEntries(sources), arch: process.arch }) };
}

/**
 * Leaves the programs in `<building>/cloudprograms`.
 *
 * @throws {GoMissingError} if the machine lacks Go
 */
export async function buildCloudPrograms(
  { programs }: CloudPrograms,
  options: Omit<GoOptions, "parts">,
): Promise<string> {
  const to = join(options.building, "cloudprograms");
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const program of programs) {
    const go = { ...options, parts: program.source };
    await requireGo(go);
    await buildPrograms([goBuild(program)], go);
    const built = builtName(program, await readFile(join(program.source, "go.mod"), "utf8"));
    await rename(join(options.building, "out", built), join(to, program.name));
  }
  return to;
}
