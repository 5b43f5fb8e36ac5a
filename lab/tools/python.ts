/** The virtual environment with the Python packages of the cloud's emulated API. */
import { mkdir, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PythonPackages } from "../clouds/cloud.ts";
import { directoryOf, exists } from "./cache.ts";
import type { Piece } from "./cache.ts";
import { CommandError, run } from "./command.ts";
import type { OnProgress } from "./progress.ts";

export interface Python {
  /** The environment's interpreter. */
  readonly python: string;
  /** Where the interpreter's actual program and library are: `sys.base_prefix` with links resolved. It must be readable where the interpreter runs. */
  readonly pythonHome: string;
}

/** Where an environment keeps what its script has prepared. */
export const preparedBy = (python: string): string => join(dirname(dirname(python)), preparedDirectory);

/** What an environment with packages is made from, as ingredients of its key. */
export async function pythonIngredients({
  requirements,
  builders,
  prepare,
}: PythonPackages): Promise<Record<string, string>> {
  const ingredients = {
    requirements: await readFile(requirements, "utf8"),
    ...(builders === undefined ? {} : { builders: await readFile(builders, "utf8") }),
  };
  if (prepare === undefined) return ingredients;
  const folder = dirname(prepare);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".py")).sort();
  const sources = names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const);
  return { ...ingredients, ...Object.fromEntries(await Promise.all(sources)) };
}

/** Runs the packages' script in the environment. */
export async function prepare(
  directory: string,
  { prepare: script }: PythonPackages,
  { onProgress, signal }: { readonly onProgress: OnProgress; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  if (script === undefined) return;
  onProgress({ step, done: 0, total: 0, detail: "preparing data bases" });
  const to = join(directory, preparedDirectory);
  await mkdir(to, { recursive: true });
  await run(join(directory, "bin", "python3"), ["-B", script, to], { signal });
}

/** Python is missing or too old. */
export class PythonMissingError extends Error {
  override name = "PythonMissingError";
}

/** The Requires-Python of moto 5.2.5. */
const minimum = [3, 10] as const;
const step = "Python environment";
const homeFile = "python-home";
const preparedDirectory = "prepared";
const pip = [
  ...["-m", "pip", "--no-input", "--disable-pip-version-check", "--no-cache-dir"],
  ...["install", "--no-compile", "--only-binary=:all:"],
];

/** The environment, if it exists and its interpreter still does. */
export async function findPython(cache: string, piece: Piece): Promise<Python | undefined> {
  const directory = directoryOf(cache, piece);
  const python = join(directory, "bin", "python3");
  // Follows the links: also false if the machine's Python was removed.
  if (!(await exists(python)) || !(await exists(join(directory, homeFile)))) return undefined;
  return { python, pythonHome: await readFile(join(directory, homeFile), "utf8") };
}

/** Makes the environment in the directory from scratch: pip cannot resume. */
export async function buildPython(
  directory: string,
  { requirements, builders }: Pick<PythonPackages, "requirements" | "builders">,
  { onProgress, signal }: { readonly onProgress: OnProgress; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await requirePython(signal);
  const total = (await readFile(requirements, "utf8"))
    .split("\n")
    .filter((line) => /^[a-z]/i.test(line)).length;
  let done = 0;
  const report = (detail: string) => onProgress({ step, done, total, detail });

  report("making the virtual environment");
  await rm(directory, { recursive: true, force: true });
  await run("python3", ["-m", "venv", directory], { signal });
  const python = join(directory, "bin", "python3");
  if (builders !== undefined) {
    report("installing what builds packages without a wheel");
    await run(python, [...pip, "--require-hashes", "-r", builders], { signal });
  }
  // In isolation, pip would download what builds a package without asking for hashes.
  await run(python, [...pip, "--no-build-isolation", "--require-hashes", "-r", requirements], {
    signal,
    onLine: (line) => {
      const detail = pipInWords(line);
      if (detail?.startsWith(downloading) === true) done = Math.min(done + 1, total - 1);
      if (detail !== undefined) report(detail);
    },
  });
  // Compiled now: the cache is read-only later, and an uncompiled moto takes seconds to start.
  report("compiling");
  await run(python, ["-m", "compileall", "-q", "-j", "0", join(directory, "lib")], { signal });
  const home = await run(python, ["-c", "import sys; print(sys.base_prefix)"], { signal });
  await writeFile(join(directory, homeFile), await realpath(home.trim()));
  done = total;
  report("installed");
}

const downloading = "downloading ";

/** What pip is at, by a line of its output. Undefined for what tells nothing of that, such as where it looks, and the list of everything at the end. */
export function pipInWords(line: string): string | undefined {
  const [, collected] = /^Collecting ([^=\s]+)/.exec(line) ?? [];
  if (collected !== undefined) return downloading + collected;
  const [, built] = /^Building wheels for collected packages: (.+)/.exec(line) ?? [];
  if (built !== undefined) return `building ${built}`;
  return line.startsWith("Installing collected packages") ? "installing what was downloaded" : undefined;
}

/** Installs packages by the environment's pip, outside of the environment, without what they depend on. */
export async function installPackages(
  python: string,
  requirements: string,
  { directory, signal }: { readonly directory: string; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await run(python, [...pip, "--no-deps", "--require-hashes", "--target", directory, "-r", requirements], {
    signal,
  });
}

async function requirePython(signal: AbortSignal | undefined): Promise<void> {
  const needed = minimum.join(".");
  const remedy = `install Python ${needed} or newer, with venv, as python3 on the PATH`;
  try {
    const found = await run("python3", ["-c", "import sys; print(*sys.version_info[:2])"], { signal });
    const [major = 0, minor = 0] = found.trim().split(" ").map(Number);
    if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return;
    throw new PythonMissingError(
      `the cloud's emulated API needs Python ${needed} or newer, found ${major}.${minor}: ${remedy}`,
    );
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new PythonMissingError(`the cloud's emulated API needs Python, found none: ${remedy}`);
  }
}
