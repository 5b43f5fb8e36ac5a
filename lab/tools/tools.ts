/**
 * The lab's tools: real parts compiled once into the user's cache, and found there ever after.
 *
 * Keys are of sources, not of the machine's Go or Python: a newer one of them is no reason to build everything again.
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cacheDirectory, directoryOf, exists, keyOf, openCache, prune, publish } from "./cache.ts";
import type { Piece } from "./cache.ts";
import { DiskFullError, freeBytes, requireSpace, saysDiskFull } from "./disk.ts";
import { architectures, writeImages } from "./images.ts";
import { withLock } from "./lock.ts";
import { buildParts, partsIngredients, readManifest } from "./parts.ts";
import { choosePlugins, neededPlugins } from "./plugins.ts";
import { requiredVersion } from "./programs.ts";
import type { OnProgress } from "./progress.ts";
import { installPulumi, pulumiIn, pulumiOnPath } from "./pulumi.ts";
import type { PulumiCli } from "./pulumi.ts";
import { buildPython, findPython } from "./python.ts";

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
}

const checkout = resolve(import.meta.dirname, "../..");
const parts = join(checkout, "lab/parts");
const requirements = join(checkout, "lab/aws/emulator/requirements.txt");

/** Measured: what Go's caches and the results take together before the caches are removed. */
const neededBytes = 6e9;

/** Finds the tools in the cache, in some milliseconds. */
export async function findTools(cache: string = cacheDirectory()): Promise<Tools | undefined> {
  const { parts: programs, images, python } = await piecesOf();
  const [bin, packed] = [directoryOf(cache, programs), directoryOf(cache, images)];
  const environment = await findPython(cache, python);
  if (environment === undefined || !(await exists(bin)) || !(await exists(packed))) return undefined;
  const { seccomp } = await readManifest(bin);
  return {
    root: cache,
    bin: join(bin, "bin"),
    cni: join(bin, "cni"),
    images: [join(packed, "agnhost.tar"), join(packed, "pause.tar")],
    ...environment,
    seccomp,
    found: true,
  };
}

/**
 * Finds the tools, or builds those that are not there. Of two calls at once, in whatever processes, the second waits for the first.
 *
 * @throws {GoMissingError, CompilerError, PythonMissingError} if the machine lacks what is needed
 * @throws {DiskFullError} naming the path and the space needed
 */
export async function provideTools(options: ProvideOptions): Promise<Tools> {
  const cache = cacheDirectory();
  const found = await findTools(cache);
  if (found !== undefined && (await findPulumi(cache)) !== undefined) return found;

  await openCache(cache);
  const onWait = () =>
    options.onProgress({
      step: "waiting",
      done: 0,
      total: 0,
      detail: "another process is building the lab's tools",
    });
  return withLock(join(cache, "lock"), { signal: options.signal, onWait }, async () => {
    try {
      await buildMissing(cache, options);
    } catch (error) {
      if (!saysDiskFull(error)) throw error;
      throw new DiskFullError(cache, neededBytes, await freeBytes(cache));
    }
    const built = await findTools(cache);
    if (built === undefined) throw new Error(`the lab's tools were built, but are not all in ${cache}`);
    return { ...built, found: false };
  });
}

/** Provides Pulumi, with plug-ins: what the machine has, else official releases, else what is built here. */
export async function providePulumi(options: ProvideOptions): Promise<Pulumi> {
  await provideTools(options);
  const cache = cacheDirectory();
  const cli = await findPulumi(cache);
  if (cli === undefined) throw new Error(`Pulumi was provided, but is not in ${cache}`);
  const plugins = await choosePlugins(await neededPlugins(), {
    checkout,
    pulumi: cli.command,
    signal: options.signal,
  });
  const which = plugins.official
    ? "with the official kubernetes and aws plug-ins"
    : "with the lab's own kubernetes and aws plug-ins: the official ones are neither installed nor to be had from here";
  return {
    ...cli,
    path: [...cli.path, ...plugins.path],
    summary: `Pulumi ${cli.version} ${cli.origin}, ${which}`,
  };
}

type Pieces = Readonly<Record<"parts" | "images" | "pulumi" | "python", Piece>>;

async function piecesOf(): Promise<Pieces> {
  const arch = process.arch;
  const source = (file: string) => readFile(join(import.meta.dirname, file), "utf8");
  const recipe = await source("programs.ts");
  const sources = await partsIngredients(parts);
  const partsKey = keyOf({ ...sources, recipe, arch });
  return {
    parts: { name: "parts", key: partsKey },
    images: { name: "images", key: keyOf({ programs: partsKey, recipe: await source("images.ts") }) },
    pulumi: { name: "pulumi", key: keyOf({ version: await pulumiVersion(), arch }) },
    python: { name: "python", key: keyOf({ requirements: await readFile(requirements, "utf8"), arch }) },
  };
}

async function pulumiVersion(): Promise<string> {
  const goMod = await readFile(join(parts, "go.mod"), "utf8");
  return requiredVersion(goMod, "github.com/pulumi/pulumi/pkg/v3").slice(1);
}

async function findPulumi(
  cache: string,
): Promise<(PulumiCli & { path: readonly string[]; origin: string }) | undefined> {
  const version = await pulumiVersion();
  const given = await pulumiOnPath(version);
  if (given !== undefined) return { ...given, path: [], origin: "from the PATH" };
  const bin = join(directoryOf(cache, (await piecesOf()).pulumi), "bin");
  const kept = await pulumiIn(bin, version);
  return kept && { ...kept, path: [bin], origin: "from the cache" };
}

/** Builds what is missing, side by side: Python's packages are downloaded while Go compiles. What fails ends the rest. */
async function buildMissing(cache: string, { onProgress, signal }: ProvideOptions): Promise<void> {
  const pieces = await piecesOf();
  const building = join(cache, "building");
  const failed = new AbortController();
  const options = {
    onProgress,
    signal: signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]),
  };
  await mkdir(building, { recursive: true });

  const work = [
    async () => {
      await buildProgramsMissing(cache, building, pieces, options);
      await packImages(cache, building, pieces);
    },
    async () => {
      if ((await findPython(cache, pieces.python)) !== undefined) return;
      const directory = join(building, "python");
      await buildPython(directory, requirements, options);
      await publish(cache, pieces.python, directory);
    },
  ];
  await Promise.all(
    work.map((task) =>
      task().catch((error: unknown) => {
        failed.abort(error);
      }),
    ),
  );
  failed.signal.throwIfAborted();
  await rm(building, { recursive: true, force: true });
  await prune(cache, Object.values(pieces));
}

async function buildProgramsMissing(
  cache: string,
  building: string,
  pieces: Pieces,
  options: ProvideOptions,
): Promise<void> {
  const version = await pulumiVersion();
  const pulumi = join(building, "pulumi");
  const wanted = {
    parts: !(await exists(directoryOf(cache, pieces.parts))),
    pulumi: (await findPulumi(cache)) === undefined,
  };
  if (wanted.pulumi) {
    options.onProgress({
      step: "Pulumi",
      done: 0,
      total: 0,
      detail: `looking for the official release ${version}`,
    });
    if (await installPulumi(version, pulumi, options)) {
      await publish(cache, pieces.pulumi, pulumi);
      wanted.pulumi = false;
    }
  }
  if (!wanted.parts && !wanted.pulumi) return;
  await requireSpace(cache, neededBytes);
  await buildParts({ ...options, parts, building, wanted });
  if (wanted.pulumi) await publish(cache, pieces.pulumi, pulumi);
  if (wanted.parts) await publish(cache, pieces.parts, join(building, "parts"));
}

async function packImages(
  cache: string,
  building: string,
  { parts: programs, images }: Pieces,
): Promise<void> {
  if (await exists(directoryOf(cache, images))) return;
  const directory = directoryOf(cache, programs);
  const packed = join(building, "images");
  await mkdir(packed, { recursive: true });
  const architecture = architectures[process.arch] ?? process.arch;
  await writeImages(packed, join(directory, "bin"), await readManifest(directory), architecture);
  await publish(cache, images, packed);
}
