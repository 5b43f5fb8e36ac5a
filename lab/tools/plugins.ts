/** Which resource plug-ins Pulumi runs: the official ones if they are available, else the lab's own. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import type { LabCloud } from "../clouds/cloud.ts";
import { labPlugins, providePlugins } from "../providers/plugins.ts";
import { exists } from "./cache.ts";
import { CommandError, run } from "./command.ts";
import { reachable } from "./pulumi.ts";

/** A resource plug-in, in the version that the program's SDK requests from the engine. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
}

export interface Plugins {
  readonly official: boolean;
  /** Directories to prepend to the PATH. */
  readonly path: readonly string[];
}

/** The plug-ins that programs on a cloud need: each SDK package has its plug-in's version. */
export async function neededPlugins(cloud: LabCloud): Promise<Plugin[]> {
  const { resolve } = createRequire(import.meta.url);
  return Promise.all(
    labPlugins(cloud).map(async ({ name }) => {
      const text = await readFile(resolve(`@pulumi/${name}/package.json`), "utf8");
      return { name, version: (JSON.parse(text) as { version: string }).version };
    }),
  );
}

export interface PluginOptions {
  readonly cloud: LabCloud;
  readonly checkout: string;
  /** The Pulumi CLI that installs plug-ins. */
  readonly pulumi: string;
  readonly signal?: AbortSignal | undefined;
  /** Pulumi's home, `~/.pulumi` unless PULUMI_HOME is set. */
  readonly home?: string;
  readonly reach?: (address: string, signal: AbortSignal | undefined) => Promise<boolean>;
  readonly makeLabPlugins?: (root: string) => Promise<string>;
}

/**
 * The official plug-ins if all of them are installed or can be downloaded, else the lab's own for all. Once the lab's own exist, this checkout tries no
 * download any more: remove `.lab/plugins` to try again.
 */
export async function choosePlugins(needed: readonly Plugin[], options: PluginOptions): Promise<Plugins> {
  const { checkout, home = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), signal } = options;
  const { makeLabPlugins = (root: string) => providePlugins(root, labPlugins(options.cloud)) } = options;
  const installed = await Promise.all(
    needed.map(({ name, version }) =>
      exists(join(home, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`)),
    ),
  );
  const missing = needed.filter((_, index) => installed[index] === false);
  const own = join(checkout, ".lab", "plugins");
  if (missing.length === 0) return { official: true, path: [] };
  if (!(await exists(own)) && (await download(missing, options))) return { official: true, path: [] };
  signal?.throwIfAborted();
  return { official: false, path: [await makeLabPlugins(own)] };
}

async function download(
  plugins: readonly Plugin[],
  { pulumi, signal, reach = (address, abort) => reachable(abort, address) }: PluginOptions,
): Promise<boolean> {
  const answers = await Promise.all(plugins.map((plugin) => reach(releaseOf(plugin), signal)));
  if (answers.includes(false)) return false;
  try {
    for (const { name, version } of plugins)
      await run(pulumi, ["plugin", "install", "resource", name, version], { signal });
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

/** Where Pulumi publishes a plug-in: https://www.pulumi.com/docs/iac/using-pulumi/pulumi-packages/ */
function releaseOf({ name, version }: Plugin): string {
  const machine = process.arch === "x64" ? "amd64" : process.arch;
  return `https://get.pulumi.com/releases/plugins/pulumi-resource-${name}-v${version}-linux-${machine}.tar.gz`;
}
