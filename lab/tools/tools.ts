/** The lab's tools: real parts compiled once into the user's cache, and found there ever after. */
import { join } from "node:path";
import { buildSpace, DiskFullError, freeBytes, saysDiskFull } from "../disk.ts";
import { buildMissing } from "./build.ts";
import { cacheDirectory, directoryOf, exists, openCache } from "./cache.ts";
import { withLock } from "./lock.ts";
import { readManifest } from "./parts.ts";
import { checkout, findPulumi, piecesOf } from "./pieces.ts";
import { choosePlugins, neededPlugins } from "./plugins.ts";
import type { OnProgress } from "./progress.ts";
import type { PulumiCli } from "./pulumi.ts";
import { findPython } from "./python.ts";

export type { OnProgress, Progress } from "./progress.ts";

export interface Tools {
  /** Holds all of the below: readable by every user, but for what an interrupted build left. */
  readonly root: string;
  /** Kubernetes' parts with etcd and the AWS controller; containerd, containerd-shim-runc-v2, ctr, runc, runc-without-cgroups; pause, agnhost. */
  readonly bin: string;
  /** CNI plugins: host-local, loopback, portmap, ptp. */
  readonly cni: string;
  /** Image archives for `ctr images import`. */
  readonly images: readonly string[];
  /** An interpreter with moto. */
  readonly python: string;
  /** Where that interpreter's real program and library are, outside of `root`. */
  readonly pythonHome: string;
  /** Whether runc can filter system calls; if not, runc-without-cgroups leaves filters out. */
  readonly seccomp: boolean;
  /** True if everything was there already. */
  readonly found: boolean;
}

export interface Pulumi extends PulumiCli {
  /** Directories to prepend to the PATH, for the engine to find its language host and plug-ins. */
  readonly path: readonly string[];
  /** Which Pulumi and which plug-ins, in one line for a person. */
  readonly summary: string;
}

export interface ProvideOptions {
  readonly onProgress: OnProgress;
  /** Ends the build; the next call goes on where it was. */
  readonly signal?: AbortSignal | undefined;
  /** @default cacheDirectory() */
  readonly cache?: string;
  /** Measures the space left on a path's file system. @default the file system's own answer */
  readonly freeBytes?: (path: string) => number;
}

/** Finds the tools in the cache, in some milliseconds. */
export async function findTools(cache: string = cacheDirectory()): Promise<Tools | undefined> {
  const { parts, images, python } = await piecesOf();
  const [programs, archives] = [directoryOf(cache, parts), directoryOf(cache, images)];
  const environment = await findPython(cache, python);
  if (environment === undefined || !(await exists(programs)) || !(await exists(archives))) return undefined;
  const { seccomp } = await readManifest(programs);
  return {
    root: cache,
    bin: join(programs, "bin"),
    cni: join(programs, "cni"),
    images: [join(archives, "agnhost.tar"), join(archives, "pause.tar")],
    ...environment,
    seccomp,
    found: true,
  };
}

/**
 * Finds the tools and Pulumi, or builds those that are not there. Of two calls at once, in whatever processes, the second waits for the first.
 *
 * @throws {GoMissingError, CompilerError, PythonMissingError} if the machine lacks what is needed
 * @throws {DiskFullError} naming the path and the space needed
 */
export async function provideTools(options: ProvideOptions): Promise<Tools> {
  const { cache = cacheDirectory(), onProgress, signal } = options;
  const found = await findTools(cache);
  if (found !== undefined && (await findPulumi(cache)) !== undefined) return found;

  await openCache(cache);
  const wait = { step: "waiting", done: 0, total: 0, detail: "another process is building the lab's tools" };
  return withLock(join(cache, "lock"), { signal, onWait: () => onProgress(wait) }, async () => {
    try {
      await buildMissing({ freeBytes, ...options, cache });
    } catch (error) {
      if (!saysDiskFull(error)) throw error;
      const free = (options.freeBytes ?? freeBytes)(cache);
      throw new DiskFullError(buildSpace(cache), free, { cause: error });
    }
    const built = await findTools(cache);
    if (built === undefined) throw new Error(`the lab's tools were built, but are not all in ${cache}`);
    return { ...built, found: false };
  });
}

/** Provides Pulumi, with plug-ins: what the machine has, else official releases, else what is built here. */
export async function providePulumi(options: ProvideOptions): Promise<Pulumi> {
  const { cache = cacheDirectory(), signal } = options;
  await provideTools(options);
  const cli = await findPulumi(cache);
  if (cli === undefined) throw new Error(`Pulumi was provided, but is not in ${cache}`);
  const plugins = await choosePlugins(await neededPlugins(), { checkout, pulumi: cli.command, signal });
  const which = plugins.official
    ? "with the official kubernetes and aws plug-ins"
    : "with the lab's own kubernetes and aws plug-ins: the official ones are neither installed nor to be had from here";
  return {
    ...cli,
    path: [...cli.path, ...plugins.path],
    summary: `Pulumi ${cli.version} ${cli.origin}, ${which}`,
  };
}
