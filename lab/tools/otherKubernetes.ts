/**
 * Builds another minor version of Kubernetes for labs that ask for it. From the sources in lab/parts, with the modules in lab/parts/versions: other labs neither
 * wait for it nor build anything again when it changes.
 */
import { link, mkdir, readFile, readdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { OtherVersion } from "../kubernetesVersions.ts";
import { keyOf } from "./cache.ts";
import type { Piece } from "./cache.ts";
import { buildPrograms, requireGo } from "./go.ts";
import type { GoOptions } from "./go.ts";
import { kubernetesParts, kubernetesStamp } from "./programs.ts";
import type { GoBuild } from "./programs.ts";

/** Of the program that is all parts of Kubernetes, and of the package that it is built from. */
const program = "kubernetes";

/** Below lab/parts. */
const modFile = (version: OtherVersion): string => `versions/${version}.mod`;

/** Directories of the usual piece whose files this one contains as well. */
const linked = ["bin", "cni"] as const;

const goBuild = (goMod: string): GoBuild => ({
  module: ".",
  packages: [`./${program}`],
  cgo: false,
  tags: [],
  linkerFlags: [["-s -w", ...kubernetesStamp(goMod)].join(" ")],
});

/**
 * @param parts the directory of the sources
 * @param sources the contents of its files, by their paths
 * @param usual the piece whose other programs this one contains as well
 */
export async function otherKubernetesPiece(
  version: OtherVersion,
  parts: string,
  sources: Readonly<Record<string, string>>,
  usual: Piece,
): Promise<Piece> {
  const file = modFile(version);
  const read = (path: string) => readFile(join(parts, path), "utf8");
  const [goMod, goSum] = await Promise.all([read(file), read(file.replace(/mod$/, "sum"))]);
  const own = Object.entries(sources).filter(([path]) => path.startsWith(`${program}/`));
  const recipe = JSON.stringify([goBuild(goMod), linked]);
  return {
    name: `${program}${version}`,
    key: keyOf({ ...Object.fromEntries(own), goMod, goSum, recipe, usual: usual.key, arch: process.arch }),
  };
}

/**
 * Leaves the programs of a lab of this version in `<building>/kubernetes<version>`: Kubernetes compiled, the others as hard links to those of the usual piece,
 * which take no space. A running lab needs the usual piece no more: another checkout may remove it.
 *
 * @throws {GoMissingError} if the machine lacks Go
 */
export async function buildOtherKubernetes(
  version: OtherVersion,
  usual: string,
  options: Omit<GoOptions, "modFile">,
): Promise<string> {
  const { building, parts } = options;
  const go = { ...options, modFile: modFile(version), niceness: 10 };
  await requireGo(go);
  await buildPrograms([goBuild(await readFile(join(parts, go.modFile), "utf8"))], go);

  const made = join(building, `${program}${version}`);
  await rm(made, { recursive: true, force: true });
  for (const directory of linked) {
    await mkdir(join(made, directory), { recursive: true });
    const others = (await readdir(join(usual, directory))).filter(
      (name) => name !== program && !isPart(name),
    );
    for (const name of others) await link(join(usual, directory, name), join(made, directory, name));
  }
  const bin = join(made, "bin");
  for (const name of kubernetesParts) await symlink(program, join(bin, name));
  await rename(join(building, "out", program), join(bin, program));
  return made;
}

const isPart = (name: string): boolean => (kubernetesParts as readonly string[]).includes(name);
