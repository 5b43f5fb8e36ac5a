/**
 * The plug-ins as programs that the Pulumi engine finds on the PATH: `pulumi-resource-kubernetes`, and one for the cloud.
 *
 * Each is bundled into a few files without the parts of its SDK that it never calls. It starts in 0.15 s instead of 0.6 s from source, which every preview would
 * spend twice.
 */
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { LabCloud } from "../clouds/cloud.ts";
import { nodeModules } from "../../loading/esbuild.mjs";
import { quote } from "../shell.ts";
import { keyOf } from "../tools/cache.ts";

const lab = path.resolve(import.meta.dirname, "..");
const optionsFile = path.resolve(lab, "../loading/esbuild.mjs");
const lockFile = path.resolve(lab, "../package-lock.json");

type OwnPlugin = LabCloud["plugin"];

/** The lab's plug-ins for programs on a cloud. */
export const labPlugins = ({ plugin }: LabCloud): readonly OwnPlugin[] => [
  { name: "kubernetes", folder: "providers/kubernetes" },
  plugin,
];

/** Depends on everything that the bundles are made from: the sources, the dependencies' versions, and the Node that runs them. */
async function sourceKey(plugins: readonly OwnPlugin[]): Promise<string> {
  const folders = new Set(["providers", ...plugins.flatMap(({ folder }) => folder ?? [])]);
  const files = await Promise.all(
    [...folders].map(async (folder) => {
      const names = await readdir(path.join(lab, folder), { recursive: true });
      return names.filter((name) => name.endsWith(".ts")).map((name) => path.join(lab, folder, name));
    }),
  );
  const contents = [...files.flat(), optionsFile, lockFile].map(async (file) => [
    path.relative(lab, file),
    await readFile(file, "utf8"),
  ]);
  const sources = Object.fromEntries((await Promise.all(contents)) as [string, string][]);
  return keyOf({ ...sources, node: `${process.execPath} ${process.version}` });
}

async function build(
  plugins: readonly OwnPlugin[],
  directory: string,
  finalDirectory: string,
): Promise<void> {
  const { build: bundle } = await import("esbuild");
  for (const { name, folder } of plugins) {
    if (folder === undefined) continue;
    await bundle({
      entryPoints: [{ in: path.join(lab, folder, "main.ts"), out: name }],
      outdir: directory,
      ...nodeModules,
      chunkNames: `${name}-[hash]`,
      minifySyntax: true,
      minifyWhitespace: true,
      logLevel: "error",
    });
    const wrapper = path.join(directory, `pulumi-resource-${name}`);
    const program = [process.execPath, path.join(finalDirectory, `${name}.mjs`)].map(quote).join(" ");
    await writeFile(wrapper, `#!/bin/sh\nexec ${program} "$@"\n`);
    await chmod(wrapper, 0o755);
  }
}

/**
 * Makes the plug-ins unless they exist, and removes those of older sources.
 * @param root a directory for them alone; it is created if needed
 * @returns the directory to put on the PATH of `pulumi`
 */
export async function providePlugins(root: string, plugins: readonly OwnPlugin[]): Promise<string> {
  const directory = path.resolve(root, await sourceKey(plugins));
  if (existsSync(directory)) return directory;
  await mkdir(root, { recursive: true });
  const older = await readdir(root);
  const unfinished = await mkdtemp(path.join(path.resolve(root), "unfinished-"));
  try {
    await build(plugins, unfinished, directory);
    await rename(unfinished, directory);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was faster, with the same result.
    if (!existsSync(directory)) throw error;
  }
  const unused = older.filter((name) => !name.startsWith("unfinished-"));
  await Promise.all(unused.map((name) => rm(path.join(root, name), { recursive: true, force: true })));
  return directory;
}
