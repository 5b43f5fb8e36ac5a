/** Checks the labs' Python with ruff and mypy, as part of `npm run lint`. Installs them into the project's cache on first use. `--fix` formats and mends. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { cacheDirectory, keyOf, openCache, publish } from "../tools/cache.ts";
import { buildPython, findPython } from "../tools/python.ts";

const requirements = join(import.meta.dirname, "lint-requirements.txt");

interface Checked {
  /** With a pyproject.toml. */
  readonly folder: string;
  /** Where mypy runs, and what it checks from there. */
  readonly types: { readonly from: string; readonly what: readonly string[] };
  /** Folders whose modules find each other without a package. @default none */
  readonly paths?: readonly string[];
}

const clouds = join(import.meta.dirname, "../clouds");
const openstack = join(clouds, "openstack");

const all: readonly Checked[] = [
  {
    folder: join(clouds, "aws/api/emulator"),
    // From above, as `emulator` is a package.
    types: { from: join(clouds, "aws/api"), what: ["emulator"] },
  },
  {
    folder: openstack,
    types: { from: openstack, what: ["services", "balancer"] },
    paths: ["services", "balancer"],
  },
];

async function provideLinters(): Promise<string> {
  const cache = cacheDirectory();
  const piece = { name: "lint", key: keyOf({ requirements: await readFile(requirements, "utf8") }) };
  const found = await findPython(cache, piece);
  if (found !== undefined) return found.python;
  console.log("installing ruff and mypy");
  await openCache(cache);
  const building = await mkdtemp(join(cache, "building-lint-"));
  try {
    await buildPython(building, { requirements }, { onProgress: () => undefined });
    await publish(cache, piece, building);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return provideLinters();
}

const python = await provideLinters();
const isFixing = process.argv.includes("--fix");

function passes(cwd: string, words: readonly string[], paths: readonly string[] = []): boolean {
  const env = { ...process.env, MYPYPATH: paths.join(delimiter) };
  return spawnSync(python, ["-m", ...words], { cwd, env, stdio: "inherit" }).status === 0;
}

const results = all.flatMap(({ folder, types: { from, what }, paths }) => [
  passes(folder, ["ruff", "check", "--no-cache", ...(isFixing ? ["--fix"] : []), "."]),
  passes(folder, ["ruff", "format", "--no-cache", ...(isFixing ? [] : ["--check"]), "."]),
  passes(
    from,
    ["mypy", "--config-file", join(folder, "pyproject.toml"), "--cache-dir", "/dev/null", ...what],
    paths,
  ),
]);
process.exitCode = results.every(Boolean) ? 0 : 1;
