/**
 * The Pulumi program with the libraries that it loads at each run, in a few files below `node_modules/.cache`, made anew when a source changes. A preview spends
 * less time on loading so. Source maps lead back to the sources: Pulumi installs `source-map-support`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { checkout, copies, hashOf, keyOfMaker, modulesIn, stampOf, write } from "./cache.mjs";
import { nodeModules } from "./esbuild.mjs";
import { usePartsOfPulumi } from "./pulumi.mjs";

const maker = keyOfMaker("loading/bundle.mjs", "loading/esbuild.mjs", "loading/pulumi.mjs");
const bundles = join(copies, "program");
const list = join(bundles, "sources.json");

/** All other libraries are left out: what the program imports of them are clients of clouds and clusters, which only commands use. */
const libraries = /^(@pulumi\/(aws|kubernetes)|ipaddr\.js|valibot)(\/|$)/;

/** The URL by which Node can import the program. Without a place for a bundle, or with a source that does not compile, each module is loaded by itself. */
export async function programUrl() {
  try {
    const known = directoryOf(knownSources());
    const directory = known !== undefined && existsSync(known) ? known : await bundle();
    return pathToFileURL(join(directory, "index.mjs")).href;
  } catch {
    const { importable } = await import("./load.mjs");
    return importable(join(checkout, "index.ts"));
  }
}

/** Where the bundle of these sources is, as they are now; undefined if one of them is gone. */
function directoryOf(sources, stamp = (source) => stampOf(join(checkout, source))) {
  try {
    return join(bundles, hashOf(maker, ...sources.map((source) => `${source} ${stamp(source)}\n`)));
  } catch {
    return undefined;
  }
}

function knownSources() {
  try {
    return JSON.parse(readFileSync(list, "utf8"));
  } catch {
    return [];
  }
}

/** @returns the directory of the new bundle */
async function bundle() {
  const { build } = await import("esbuild");
  // From before, since a source may change while the bundle is made.
  const stamps = new Map(modulesIn(checkout).map((file) => [file, stampOf(file)]));
  mkdirSync(bundles, { recursive: true });
  const older = readdirSync(bundles).filter((name) => /^[0-9a-f]+$/.test(name));
  const unfinished = join(bundles, `unfinished-${process.pid}`);
  try {
    const { metafile } = await build({
      entryPoints: [join(checkout, "index.ts")],
      absWorkingDir: checkout,
      outdir: unfinished,
      ...nodeModules,
      sourcemap: true,
      sourcesContent: false,
      metafile: true,
      logLevel: "silent",
      plugins: [{ name: "libraries", setup: chooseLibraries }],
    });
    const sources = Object.keys(metafile.inputs).filter((input) => stamps.has(join(checkout, input)));
    const directory = directoryOf(sources, (source) => stamps.get(join(checkout, source)));
    place(unfinished, directory);
    write(list, JSON.stringify(sources));
    for (const each of older.map((name) => join(bundles, name)))
      if (each !== directory) rmSync(each, { recursive: true, force: true });
    return directory;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function place(unfinished, directory) {
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    // Another process was faster, with the same result.
    if (!existsSync(directory)) throw error;
  }
}

function chooseLibraries(build) {
  usePartsOfPulumi(build);
  build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
    libraries.test(path) ? undefined : { path, external: true },
  );
}
