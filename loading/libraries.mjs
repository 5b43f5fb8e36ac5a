/**
 * The clients of clouds and clusters, each in one file. As published they have more than a thousand modules, and take a second to load instead of a third.
 * Bundled once for each version of the libraries.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { cache, checkout, keyOfMaker } from "./cache.mjs";
import { nodeModules } from "./esbuild.mjs";

const names = [
  "@aws-sdk/client-auto-scaling",
  "@aws-sdk/client-ec2",
  "@aws-sdk/client-elastic-load-balancing",
  "@aws-sdk/client-elastic-load-balancing-v2",
  "@kubernetes/client-node",
];

/** @returns URLs by the libraries' names; none where they cannot be bundled, which is slower */
export async function bundledLibraries() {
  const directory = join(cache, `libraries-${keyOfMaker("loading/libraries.mjs", "loading/esbuild.mjs")}`);
  try {
    if (!existsSync(directory)) await bundle(directory);
  } catch {
    return {};
  }
  return Object.fromEntries(
    names.map((name) => [name, pathToFileURL(join(directory, `${fileOf(name)}.mjs`)).href]),
  );
}

const fileOf = (name) => name.replace("@", "").replace("/", "-");

async function bundle(directory) {
  const { build } = await import("esbuild");
  const unfinished = `${directory}.${process.pid}`;
  try {
    mkdirSync(unfinished, { recursive: true });
    await build({
      absWorkingDir: checkout,
      entryPoints: names.map((name) => ({ in: name, out: fileOf(name) })),
      outdir: unfinished,
      ...nodeModules,
      minify: true,
      keepNames: true,
      logLevel: "silent",
    });
    renameSync(unfinished, directory);
    removeOlder(directory);
  } catch (error) {
    // Another process may have been faster, with the same result.
    if (!existsSync(directory)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** A day later, since another checkout with the same `node_modules` may use them. */
function removeOlder(current) {
  const dayMs = 24 * 60 * 60 * 1000;
  for (const other of readdirSync(cache).map((name) => join(cache, name)))
    if (
      other.startsWith(join(cache, "libraries-")) &&
      other !== current &&
      Date.now() - statSync(other).mtimeMs > dayMs
    )
      rmSync(other, { recursive: true, force: true });
}
