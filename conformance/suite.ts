/** Kubernetes' end-to-end suite and its runner, compiled once from the module of the lab's own Kubernetes, and kept in the cache. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory, directoryOf, exists, keyOf, openCache, publish } from "../lab/tools/cache.ts";
import type { Piece } from "../lab/tools/cache.ts";
import { run } from "../lab/tools/command.ts";
import { goEnvironment } from "../lab/tools/go.ts";
import { withLock } from "../lab/tools/lock.ts";
import { partsSource } from "../lab/tools/pieces.ts";
import { kubernetesStamp, requiredVersion } from "../lab/tools/programs.ts";

export interface Suite {
  /** The suite, a Go test program. */
  readonly specs: string;
  /** ginkgo, which runs it in several processes. */
  readonly runner: string;
  /** Kubernetes' version, with the leading `v`. */
  readonly version: string;
  readonly found: boolean;
}

interface Build {
  readonly name: string;
  readonly args: readonly string[];
  readonly package: string;
}

const flags = ["-v", "-trimpath", "-buildvcs=false", "-gcflags=all=-dwarf=false"];

/** The suite is linked with the version that it is for: it compares it with the cluster's. */
const builds = (goMod: string): readonly Build[] => [
  {
    name: "e2e.test",
    args: ["test", "-c", "-vet=off", ...flags, `-ldflags=-s -w ${kubernetesStamp(goMod).join(" ")}`],
    package: "k8s.io/kubernetes/test/e2e",
  },
  {
    name: "ginkgo",
    args: ["build", ...flags, "-ldflags=-s -w"],
    package: "github.com/onsi/ginkgo/v2/ginkgo",
  },
];

async function describe(): Promise<{ readonly goMod: string; readonly piece: Piece }> {
  const read = (file: string) => readFile(join(partsSource, file), "utf8");
  const [goMod, goSum] = await Promise.all([read("go.mod"), read("go.sum")]);
  const recipe = JSON.stringify(builds(goMod));
  return { goMod, piece: { name: "suite", key: keyOf({ goMod, goSum, recipe, arch: process.arch }) } };
}

/** The suite in the cache, if it was built before. */
export async function findSuite(cache: string = cacheDirectory()): Promise<Suite | undefined> {
  const { goMod, piece } = await describe();
  const directory = directoryOf(cache, piece);
  if (!(await exists(directory))) return undefined;
  return {
    specs: join(directory, "e2e.test"),
    runner: join(directory, "ginkgo"),
    version: requiredVersion(goMod, "k8s.io/kubernetes"),
    found: true,
  };
}

export interface Providing {
  readonly cache?: string;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

/** Finds the suite in the cache, or builds it. An interrupted build continues with the next call. */
export async function provideSuite({ cache = cacheDirectory(), signal, report }: Providing): Promise<Suite> {
  const found = await findSuite(cache);
  if (found !== undefined) return found;
  await openCache(cache);
  const onWait = () => report("another process builds it");
  return withLock(join(cache, "suite-lock"), { signal, onWait }, async () => {
    const { goMod, piece } = await describe();
    const building = join(cache, "building-suite");
    const out = join(building, "out");
    for (const directory of [out, join(building, "tmp")]) await mkdir(directory, { recursive: true });
    const env = goEnvironment(building, false);
    for (const { name, args, package: source } of builds(goMod)) {
      let compiled = 0;
      await run("go", [...args, "-o", join(out, name), source], {
        cwd: partsSource,
        env,
        signal,
        onLine: (line) => report(`${name}: ${(compiled += 1)} packages, ${line}`),
      });
    }
    await publish(cache, piece, out);
    await rm(building, { recursive: true, force: true });
    const built = await findSuite(cache);
    if (built === undefined) throw new Error(`the suite was built, but is not in ${cache}`);
    return { ...built, found: false };
  });
}
