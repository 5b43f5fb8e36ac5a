/** The lab's tools: programs that are compiled once into the user's cache and found there from then on. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LabCloud } from "../clouds/cloud.ts";
import { defaultCloud } from "../clouds/index.ts";
import { otherVersion } from "../kubernetesVersions.ts";
import { buildSpace, DiskFullError, freeBytes, saysDiskFull } from "../disk.ts";
import type { OptionalTools } from "./build.ts";
import { cacheDirectory, directoryOf, exists, openCache } from "./cache.ts";
import { withLock } from "./lock.ts";
import { readManifest } from "./parts.ts";
import { checkout, findPulumi, piecesOf } from "./pieces.ts";
import { choosePlugins, neededPlugins, pluginSummary } from "./plugins.ts";
import type { OnProgress } from "./progress.ts";
import { proxyArchive } from "./proxyImagePiece.ts";
import type { PulumiCli } from "./pulumi.ts";
import { findPython } from "./python.ts";

export type { OnProgress, Progress } from "./progress.ts";

export interface Tools {
  /** The directory that holds everything below. Every user can read it, except for the remains of an interrupted build. */
  readonly root: string;
  /** Kubernetes' parts with etcd and the cloud controller manager; coredns; containerd, containerd-shim-runc-v2, ctr, runc, runc-without-cgroups; pause, agnhost, image-tools. */
  readonly bin: string;
  /** CNI plugins: host-local, loopback, portmap, ptp. */
  readonly cni: string;
  /** Image archives for `ctr images import`. */
  readonly images: readonly string[];
  /** The interpreter of the Python environment for the cloud's API. */
  readonly python: string;
  /** Where that interpreter's actual program and library are, outside `root`. */
  readonly pythonHome: string;
  /** Whether runc can filter system calls; if not, runc-without-cgroups removes the filters. */
  readonly seccomp: boolean;
  /** The directory of the cloud's optional controller for load balancers, with its program and its objects; undefined unless it is wanted. */
  readonly loadBalancerController?: string;
  /** The directory of the cloud's own programs; undefined if it has none. */
  readonly programs?: string;
  /** The program of the cloud's proxy for load balancers; undefined unless it is wanted. */
  readonly loadBalancerProxy?: string;
  /** Whether everything existed already. */
  readonly found: boolean;
}

export interface Pulumi extends PulumiCli {
  /** Directories to prepend to the PATH, for the engine to find its language host and plug-ins. */
  readonly path: readonly string[];
  /** Which Pulumi and which plug-ins, in one line. */
  readonly summary: string;
}

export interface ProvideOptions extends OptionalTools {
  /** The cloud that the lab imitates. @default defaultCloud */
  readonly cloud?: LabCloud;
  readonly onProgress: OnProgress;
  /** Interrupts the build; the next call continues it. */
  readonly signal?: AbortSignal | undefined;
  /** @default cacheDirectory() */
  readonly cache?: string;
  /** Measures the space left on a path's file system. @default the file system's own answer */
  readonly freeBytes?: (path: string) => number;
}

/** Finds the tools in the cache, within milliseconds. */
export async function findTools(
  cache: string = cacheDirectory(),
  cloud: LabCloud = defaultCloud,
  { loadBalancerController = false, loadBalancerProxy = false, kubernetesVersion }: OptionalTools = {},
): Promise<Tools | undefined> {
  const pieces = await piecesOf(cloud);
  const { parts, images, python, controller } = pieces;
  const [programs, archives] = [directoryOf(cache, parts), directoryOf(cache, images)];
  const environment = await findPython(cache, python);
  if (environment === undefined || !(await exists(programs)) || !(await exists(archives))) return undefined;
  const wanted =
    loadBalancerController && controller !== undefined ? directoryOf(cache, controller) : undefined;
  if (wanted !== undefined && !(await exists(wanted))) return undefined;
  const proxy =
    loadBalancerProxy && cloud.loadBalancerProxy !== undefined && pieces.proxy !== undefined
      ? join(directoryOf(cache, pieces.proxy), cloud.loadBalancerProxy.program)
      : undefined;
  if (proxy !== undefined && !(await exists(proxy))) return undefined;
  const proxyImages =
    proxy === undefined || pieces.proxyImage === undefined
      ? []
      : [join(directoryOf(cache, pieces.proxyImage), proxyArchive)];
  if (!(await Promise.all(proxyImages.map(exists))).every(Boolean)) return undefined;
  const ofCloud = pieces.programs === undefined ? undefined : directoryOf(cache, pieces.programs);
  if (ofCloud !== undefined && !(await exists(ofCloud))) return undefined;
  const version = otherVersion(kubernetesVersion);
  const kubernetes = version === undefined ? programs : directoryOf(cache, pieces[version]);
  if (!(await exists(kubernetes))) return undefined;
  const { seccomp } = await readManifest(programs);
  return {
    root: cache,
    bin: join(kubernetes, "bin"),
    cni: join(kubernetes, "cni"),
    images: [...(await readdir(archives)).sort().map((archive) => join(archives, archive)), ...proxyImages],
    ...environment,
    seccomp,
    ...(wanted === undefined ? {} : { loadBalancerController: wanted }),
    ...(proxy === undefined ? {} : { loadBalancerProxy: proxy }),
    ...(ofCloud === undefined ? {} : { programs: ofCloud }),
    found: true,
  };
}

/**
 * Finds the tools and Pulumi, or builds what is missing. Of two simultaneous calls, even in different processes, the second waits for the first.
 *
 * @throws {GoMissingError, CompilerError, PythonMissingError} if the machine lacks what is needed
 * @throws {DiskFullError} naming the path and the space needed
 */
export async function provideTools(options: ProvideOptions): Promise<Tools> {
  const { cache = cacheDirectory(), cloud = defaultCloud, onProgress, signal } = options;
  const found = await findTools(cache, cloud, options);
  if (found !== undefined && (await findPulumi(cache, cloud)) !== undefined) return found;

  await openCache(cache);
  const wait = {
    step: "waiting",
    done: 0,
    total: 0,
    detail: "another process is building the lab's programs",
  };
  return withLock(join(cache, "lock"), { signal, onWait: () => onProgress(wait) }, async () => {
    try {
      // Only here: what packs images loads two hundred modules, and most calls find all tools.
      const { buildMissing } = await import("./build.ts");
      await buildMissing({ freeBytes, ...options, cache, cloud });
    } catch (error) {
      if (!saysDiskFull(error)) throw error;
      const free = (options.freeBytes ?? freeBytes)(cache);
      throw new DiskFullError(buildSpace(cache), free, { cause: error });
    }
    const built = await findTools(cache, cloud, options);
    if (built === undefined)
      throw new Error(`the lab's programs were built, but some are missing in ${cache}`);
    return { ...built, found: false };
  });
}

/** Provides Pulumi with plug-ins: each from the machine, else an official release, else the lab's own. */
export async function providePulumi(options: ProvideOptions): Promise<Pulumi> {
  const { cache = cacheDirectory(), cloud = defaultCloud, signal } = options;
  const { programs } = await provideTools(options);
  const cli = await findPulumi(cache, cloud);
  if (cli === undefined) throw new Error(`Pulumi was provided, but is not in ${cache}`);
  const plugins = await choosePlugins(await neededPlugins(cloud), {
    cloud,
    checkout,
    pulumi: cli.command,
    onProgress: options.onProgress,
    signal,
    ...(programs === undefined ? {} : { programs }),
  });
  return {
    ...cli,
    path: [...cli.path, ...plugins.path],
    summary: `Pulumi ${cli.version} ${cli.origin}, with ${pluginSummary(plugins.chosen)}`,
  };
}
