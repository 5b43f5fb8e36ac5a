/**
 * Where built tools are kept: `<cache>/<piece>-<key>/`, the key being a hash of all that the piece is built from. A piece is there as a
 * whole or not at all, and never changes.
 */
import { createHash } from "node:crypto";
import { access, chmod, mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./command.ts";

/** One thing that is built, and found again, as a whole. */
export interface Piece {
  /** Lower-case letters only: what the directory's name begins with. */
  readonly name: string;
  readonly key: string;
}

/** The project's directory in the user's cache. https://specifications.freedesktop.org/basedir-spec/latest/ */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CACHE_HOME: given } = env;
  // The specification says to ignore a relative path.
  const base = given?.startsWith("/") === true ? given : join(env.HOME ?? homedir(), ".cache");
  return join(base, "nodeport-vs-loadbalancer");
}

/** The key of a piece: 16 hexadecimal digits that differ as soon as any ingredient's name or content does. */
export function keyOf(ingredients: Readonly<Record<string, string>>): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(ingredients).sort()) {
    const content = ingredients[name] ?? "";
    hash.update(`${name}\0${Buffer.byteLength(content)}\0${content}`);
  }
  return hash.digest("hex").slice(0, 16);
}

export function directoryOf(cache: string, { name, key }: Piece): string {
  return join(cache, `${name}-${key}`);
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Makes the cache directory, which every user may enter: the lab may run as another one. */
export async function openCache(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  await chmod(cache, 0o755);
}

/** Puts a finished piece at its place in one step, readable by every user. */
export async function publish(cache: string, piece: Piece, built: string): Promise<void> {
  await run("chmod", ["-R", "a+rX", built]);
  const place = directoryOf(cache, piece);
  await rm(place, { recursive: true, force: true });
  await rename(built, place);
}

/** Removes what was built for other keys of these pieces, but for what runs: another checkout's lab may be of another version. */
export async function prune(
  cache: string,
  pieces: readonly Piece[],
  running: () => Promise<readonly string[]> = runningPrograms,
): Promise<void> {
  const programs = await running();
  const old = (await readdir(cache)).filter((entry) => {
    const [, name, key] = /^([a-z]+)-([0-9a-f]{16})$/.exec(entry) ?? [];
    const piece = pieces.find((candidate) => candidate.name === name);
    const inUse = programs.some((program) => program.startsWith(`${join(cache, entry)}/`));
    return piece !== undefined && piece.key !== key && !inUse;
  });
  await Promise.all(old.map((entry) => rm(join(cache, entry), { recursive: true, force: true })));
}

/** What each process of this machine was called by, as far as this user may know: proc_pid_cmdline(5). */
async function runningPrograms(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.map((line) => line.split("\0")[0] ?? "");
}
