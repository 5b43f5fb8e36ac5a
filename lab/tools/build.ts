/** Builds the pieces that the cache lacks. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LabCloud } from "../clouds/cloud.ts";
import { buildSpace, requireSpace } from "../disk.ts";
import { otherVersion } from "../kubernetesVersions.ts";
import type { KubernetesVersion } from "../kubernetesVersions.ts";
import { findBusyBox } from "./busyBox.ts";
import { directoryOf, exists, prune, publish } from "./cache.ts";
import { buildCloudPrograms } from "./cloudPrograms.ts";
import { architectures, writeImages } from "./images.ts";
import { buildController } from "./optionalController.ts";
import { buildOtherKubernetes } from "./otherKubernetes.ts";
import { buildParts, readManifest } from "./parts.ts";
import { findPulumi, partsSource, piecesOf, pulumiVersion } from "./pieces.ts";
import type { Pieces } from "./pieces.ts";
import type { OnProgress } from "./progress.ts";
import { writeProxyImage } from "./proxyImage.ts";
import { installPulumi } from "./pulumi.ts";
import { buildPython, findPython, installPackages, prepare } from "./python.ts";

/** What is built only for labs that ask for it. */
export interface OptionalTools {
  /** Whether to provide the cloud's optional controller for load balancers. @default false */
  readonly loadBalancerController?: boolean | undefined;
  /** Whether to provide the cloud's proxy for load balancers. @default false */
  readonly loadBalancerProxy?: boolean | undefined;
  /** @default usualVersion */
  readonly kubernetesVersion?: KubernetesVersion | undefined;
}

export interface BuildOptions extends OptionalTools {
  readonly cloud: LabCloud;
  readonly cache: string;
  readonly freeBytes: (path: string) => number;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

interface Building extends BuildOptions {
  /** Where pieces are made. An interrupted build leaves its results here. */
  readonly building: string;
  readonly pieces: Pieces;
}

/**
 * Builds what is missing, in parallel: Python's packages are downloaded while Go compiles. A failure ends the rest. An interrupted build is continued by
 * the next call; a finished one leaves only the pieces.
 */
export async function buildMissing(options: BuildOptions): Promise<void> {
  const { cache, cloud, signal } = options;
  const failed = new AbortController();
  const work: Building = {
    ...options,
    building: join(cache, "building"),
    pieces: await piecesOf(cloud),
    signal: signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]),
  };
  await mkdir(work.building, { recursive: true });
  // The environment's pip installs the proxy.
  const tasks = [buildProgramsAndImages(work), buildEnvironment(work).then(() => buildProxy(work))];
  await Promise.all(tasks.map((task) => task.catch((error: unknown) => failed.abort(error))));
  failed.signal.throwIfAborted();
  await rm(work.building, { recursive: true, force: true });
  await prune(cache, Object.values(work.pieces));
}

async function buildEnvironment(work: Building): Promise<void> {
  const { building, cache, cloud, pieces } = work;
  if ((await findPython(cache, pieces.python)) !== undefined) return;
  const directory = join(building, "python");
  await buildPython(directory, cloud.python, work);
  await prepare(directory, cloud.python, work);
  await publish(cache, pieces.python, directory);
}

async function buildProxy(work: Building): Promise<void> {
  const { building, cache, cloud, loadBalancerProxy: isWanted, onProgress, pieces, signal } = work;
  const { loadBalancerProxy } = cloud;
  const { proxy, proxyImage } = pieces;
  if (isWanted !== true || loadBalancerProxy === undefined || proxy === undefined) return;
  const { name, requirements, program, image } = loadBalancerProxy;
  if (!(await exists(directoryOf(cache, proxy)))) {
    onProgress({ step: "proxy", done: 0, total: 0, detail: `installing ${name}` });
    const directory = join(building, "proxy");
    const { python = "python3" } = (await findPython(cache, pieces.python)) ?? {};
    await installPackages(python, requirements, { directory, signal });
    await publish(cache, proxy, directory);
  }
  if (proxyImage === undefined || (await exists(directoryOf(cache, proxyImage)))) return;
  const packed = join(building, "proxyimage");
  await mkdir(packed, { recursive: true });
  const installed = join(directoryOf(cache, proxy), program);
  await writeProxyImage(packed, { program: installed, image, architecture });
  await publish(cache, proxyImage, packed);
}

async function buildProgramsAndImages(work: Building): Promise<void> {
  const { building, cache, cloud, freeBytes, pieces } = work;
  const wanted = {
    parts: !(await exists(directoryOf(cache, pieces.parts))),
    pulumi: (await findPulumi(cache, cloud)) === undefined && !(await installRelease(work)),
  };
  if (wanted.parts || wanted.pulumi) {
    requireSpace(buildSpace(cache), freeBytes(cache));
    await buildParts({ ...work, parts: partsSource, wanted });
  }
  if (wanted.pulumi) await publish(cache, pieces.pulumi, join(building, "pulumi"));
  if (wanted.parts) await publish(cache, pieces.parts, join(building, "parts"));
  await packImages(work);
  // Last: they find in Go's cache what the programs were compiled from.
  await buildOtherVersion(work);
  await buildOptionalController(work);
  await buildProgramsOfCloud(work);
}

async function buildProgramsOfCloud(work: Building): Promise<void> {
  const { cache, cloud, freeBytes, pieces } = work;
  if (cloud.programs === undefined || pieces.programs === undefined) return;
  if (await exists(directoryOf(cache, pieces.programs))) return;
  requireSpace(buildSpace(cache), freeBytes(cache));
  await publish(cache, pieces.programs, await buildCloudPrograms(cloud.programs, work));
}

async function buildOtherVersion(work: Building): Promise<void> {
  const { building, cache, freeBytes, kubernetesVersion, pieces } = work;
  const version = otherVersion(kubernetesVersion);
  if (version === undefined || (await exists(directoryOf(cache, pieces[version])))) return;
  requireSpace(buildSpace(cache), freeBytes(cache));
  const usual = directoryOf(cache, pieces.parts);
  const built = await buildOtherKubernetes(version, usual, { ...work, building, parts: partsSource });
  await publish(cache, pieces[version], built);
}

async function buildOptionalController(work: Building): Promise<void> {
  const { building, cache, cloud, freeBytes, loadBalancerController: isWanted, pieces } = work;
  const { loadBalancerController } = cloud;
  if (isWanted !== true || loadBalancerController === undefined || pieces.controller === undefined) return;
  if (await exists(directoryOf(cache, pieces.controller))) return;
  requireSpace(buildSpace(cache), freeBytes(cache));
  const kubectl = join(directoryOf(cache, pieces.parts), "bin", "kubectl");
  await buildController(loadBalancerController, kubectl, work);
  await publish(cache, pieces.controller, join(building, "controller"));
}

/** @returns whether the official release could be installed */
async function installRelease(work: Building): Promise<boolean> {
  const { building, cache, onProgress, pieces } = work;
  const version = await pulumiVersion();
  onProgress({ step: "Pulumi", done: 0, total: 0, detail: `looking for the official release ${version}` });
  const release = join(building, "pulumi");
  if (!(await installPulumi(version, release, work))) return false;
  await publish(cache, pieces.pulumi, release);
  return true;
}

const architecture = architectures[process.arch] ?? process.arch;

async function packImages({ building, cache, pieces }: Building): Promise<void> {
  if (await exists(directoryOf(cache, pieces.images))) return;
  const programs = directoryOf(cache, pieces.parts);
  const packed = join(building, "images");
  await mkdir(packed, { recursive: true });
  const busyBox = await findBusyBox();
  await writeImages(packed, {
    programs: join(programs, "bin"),
    versions: await readManifest(programs),
    architecture,
    busyBox,
  });
  await publish(cache, pieces.images, packed);
}
