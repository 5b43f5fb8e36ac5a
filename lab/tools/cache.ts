/**
 * The cache of built tools: `<cache>/<piece>-<key>/`, where the key is a hash of everything that the piece is built from. A piece exists completely or not at
 * all, and never changes.
 */
import { createHash } from "node:crypto";
import { access, chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { processFile, processIds } from "../processes.ts";
import { run } from "./command.ts";

/** A thing that is built, and found again, as a whole. */
export interface Piece {
  /** What the directory's name begins with: lower-case letters, and after them digits and dots. */
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

/** Makes the cache directory. Every user may enter it: the lab may run as another user. */
export async function openCache(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  await chmod(cache, 0o755);
}

/** Moves a finished piece to its place in one step, readable by every user. */
export async function publish(cache: string, piece: Piece, built: string): Promise<void> {
  await run("chmod", ["-R", "a+rX", built]);
  const place = directoryOf(cache, piece);
  await rm(place, { recursive: true, force: true });
  await rename(built, place);
}

/** Removes other versions of these pieces, except those in use: another checkout's lab may have another version. */
export async function prune(
  cache: string,
  pieces: readonly Piece[],
  running: () => readonly string[] = runningPrograms,
): Promise<void> {
  const programs = running();
  const old = (await readdir(cache)).filter((entry) => {
    const [, name, key] = /^([a-z]+[0-9.]*)-([0-9a-f]{16})$/.exec(entry) ?? [];
    const piece = pieces.find((candidate) => candidate.name === name);
    const inUse = programs.some((program) => program.startsWith(`${join(cache, entry)}/`));
    return piece !== undefined && piece.key !== key && !inUse;
  });
  await Promise.all(old.map((entry) => rm(join(cache, entry), { recursive: true, force: true })));
}

/** The programs of all processes: the first words of their command lines. */
const runningPrograms = (): string[] =>
  processIds().map((pid) => processFile(pid, "cmdline").split("\0")[0] ?? "");
