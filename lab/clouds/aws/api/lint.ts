/** Checks the emulator's Python with ruff and mypy, as part of `npm run lint`. Installs them into the project's cache on first use. `--fix` formats and mends. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory, keyOf, openCache, publish } from "../../../tools/cache.ts";
import { buildPython, findPython } from "../../../tools/python.ts";

const emulator = join(import.meta.dirname, "emulator");
const requirements = join(emulator, "lint-requirements.txt");

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
const checks = [
  ["ruff", "check", "--no-cache", ...(isFixing ? ["--fix"] : []), "."],
  ["ruff", "format", "--no-cache", ...(isFixing ? [] : ["--check"]), "."],
  // From above, as `emulator` is a package.
  ["mypy", "--config-file", "emulator/pyproject.toml", "--cache-dir", "/dev/null", "emulator"],
];
const statuses = checks.map(([tool = "", ...words]) => {
  const cwd = tool === "mypy" ? import.meta.dirname : emulator;
  return spawnSync(python, ["-m", tool, ...words], { cwd, stdio: "inherit" }).status;
});
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;
