/** What the engine needs for programs in Python: Pulumi's language host, compiled once from its Go module in a minute of processor, and its SDK. */
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  cacheDirectory,
  directoryOf,
  exists,
  keyOf,
  openCache,
  prune,
  publish,
} from "../../lab/tools/cache.ts";
import { run } from "../../lab/tools/command.ts";
import { goEnvironment } from "../../lab/tools/go.ts";
import { withLock } from "../../lab/tools/lock.ts";
import { pythonEnvironment } from "./environment.ts";

const source = join(import.meta.dirname, "host");
const requirements = join(import.meta.dirname, "requirements.txt");

/** As lab/parts has the one for Node: later releases of the module do not contain it. It starts programs with the SDK that the virtual environment has. */
const module = "github.com/pulumi/pulumi/sdk/v3";
const program = "pulumi-language-python";
const starter = "pulumi-language-python-exec";

export interface PythonTools {
  /** To be put on the PATH of `pulumi`. */
  readonly host: string;
  /** With Pulumi's SDK. */
  readonly virtualEnvironment: string;
}

/** From the cache, or built now. An interrupted build is continued by the next call. */
export async function pythonTools(): Promise<PythonTools> {
  const cache = cacheDirectory();
  const read = (file: string): Promise<string> => readFile(join(source, file), "utf8");
  const [mod, sum] = await Promise.all(["go.mod", "go.sum"].map(read));
  const host = { name: "pythonhost", key: keyOf({ mod: mod ?? "", sum: sum ?? "", arch: process.arch }) };
  await openCache(cache);
  await withLock(join(cache, "pythonhost-lock"), {}, async () => {
    if (await exists(directoryOf(cache, host))) return;
    const building = join(cache, "building-pythonhost");
    await publish(cache, host, await buildHost(building));
    await rm(building, { recursive: true, force: true });
    await prune(cache, [host]);
  });
  const virtualEnvironment = await pythonEnvironment("pythonsdk", requirements);
  return { host: directoryOf(cache, host), virtualEnvironment };
}

async function buildHost(building: string): Promise<string> {
  const out = join(building, "out");
  for (const directory of [out, join(building, "tmp")]) await mkdir(directory, { recursive: true });
  const env = goEnvironment(building, false);
  const flags = ["-trimpath", "-buildvcs=false", "-gcflags=all=-dwarf=false", "-ldflags=-s -w"];
  const words = ["--pdeathsig", "TERM", "go", "build", "-v", ...flags, "-o", join(out, program)];
  await run("setpriv", [...words, `${module}/python/cmd/${program}`], {
    cwd: source,
    env,
    onLine: (line) => {
      console.log(`    ${line}`);
    },
  });
  const directory = await run("go", ["list", "-m", "-f", "{{.Dir}}", module], { cwd: source, env });
  await copyFile(join(directory.trim(), "python/cmd", starter), join(out, starter));
  return out;
}
