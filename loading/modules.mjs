/**
 * The project's TypeScript as Node runs it: a JavaScript copy of each module below `node_modules/.cache`, made anew when its source changes. No hook of
 * Node's loader is needed then, which would slow down the loading of every library too.
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { cache, checkout, copies, hashOf, keyOfMaker, modulesIn, stampOf, write } from "./cache.mjs";
import { bundledLibraries } from "./libraries.mjs";

const copyOf = (module) => join(copies, module.replace(/\.ts$/, ".mjs"));

/**
 * Brings all copies up to date.
 * @returns gives the URL of a module's copy for the module's path
 * @throws {Error} if they cannot be written
 */
export async function compiledModules() {
  const stamps = Object.fromEntries(
    modulesIn(checkout).map((file) => [relative(checkout, file), stampOf(file)]),
  );
  const libraries = await bundledLibraries();
  // Changes with whatever makes the copies.
  const maker = hashOf(keyOfMaker("loading/compile.mjs"), JSON.stringify(libraries));
  const before = manifestIn(copies);
  const changed = Object.keys(stamps).filter(
    (module) => before.maker !== maker || stamps[module] !== before.stamps[module],
  );
  const gone = Object.keys(before.stamps).filter((module) => stamps[module] === undefined);
  if (changed.length + gone.length > 0) {
    for (const module of gone) rmSync(copyOf(module), { force: true });
    for (const module of await failing(changed, libraries)) delete stamps[module];
    write(join(copies, "manifest.json"), JSON.stringify({ checkout, maker, stamps }));
    removeAbandoned();
  }
  return (file) => pathToFileURL(copyOf(relative(checkout, file))).href;
}

/** Makes copies. @returns the modules of which none can be made: the message says why, and only a program that imports one fails */
async function failing(modules, libraries) {
  if (modules.length === 0) return [];
  const { compile } = await import("./compile.mjs");
  return modules.filter((module) => {
    try {
      write(copyOf(module), compile(join(checkout, module), libraries));
      return false;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      process.stderr.write(`error: ${error.message}\n`);
      rmSync(copyOf(module), { force: true });
      return true;
    }
  });
}

function manifestIn(directory) {
  try {
    return JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8"));
  } catch {
    return { stamps: {} };
  }
}

/** Removes the copies of checkouts that are gone. A day later, since a checkout may be out of sight of this process alone. */
function removeAbandoned() {
  const dayMs = 24 * 60 * 60 * 1000;
  for (const name of readdirSync(cache)) {
    const directory = join(cache, name);
    const { checkout: of } = manifestIn(directory);
    const isOld = of !== undefined && Date.now() - statSync(join(directory, "manifest.json")).mtimeMs > dayMs;
    if (isOld && !existsSync(of)) rmSync(directory, { recursive: true, force: true });
  }
}
