/** Which resource plug-ins Pulumi runs: each the official one if it is available, else the lab's own. */
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { LabCloud } from "../clouds/cloud.ts";
import { labPlugins, providePlugins } from "../providers/plugins.ts";
import { exists } from "./cache.ts";
import { CommandError } from "./command.ts";
import { DownloadError } from "./download.ts";
import { installPlugin, pluginReleaseOf } from "./pluginRelease.ts";
import type { Plugin } from "./pluginRelease.ts";
import type { OnProgress } from "./progress.ts";
import { firstExisting, reachable } from "./pulumi.ts";

/** Where a plug-in comes from: a directory of the PATH, Pulumi's home, a release that was downloaded just now, or the lab. */
export type Origin = "path" | "home" | "release" | "lab";

export interface ChosenPlugin extends Plugin {
  readonly origin: Origin;
}

export interface Plugins {
  readonly chosen: readonly ChosenPlugin[];
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
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
  /** The directory of the cloud's own programs, among which a plug-in may be. */
  readonly programs?: string;
  /** Pulumi's home, `~/.pulumi` unless PULUMI_HOME is set. */
  readonly home?: string;
  /** @default PATH */
  readonly searchPath?: string;
  readonly reach?: (address: string, signal: AbortSignal | undefined) => Promise<boolean>;
  /** Installs a release into Pulumi's home. */
  readonly install?: (plugin: Plugin) => Promise<void>;
  readonly makeLabPlugins?: (root: string, names: readonly string[]) => Promise<string>;
}

/**
 * Each plug-in by itself, in the engine's order: one on the PATH, one that is installed in Pulumi's home, a release, else the lab's own. Once the lab's own
 * exists, this checkout does not try to download the official one any more: remove `.lab/plugins` to try again.
 */
export async function choosePlugins(needed: readonly Plugin[], options: PluginOptions): Promise<Plugins> {
  const { checkout, cloud, programs, signal } = options;
  const {
    makeLabPlugins = (root: string, names: readonly string[]) =>
      providePlugins(root, ownPlugins(cloud, names)),
  } = options;
  const own = join(checkout, ".lab", "plugins");
  const chosen = await Promise.all(
    needed.map(async (plugin) => ({ ...plugin, origin: await originOf(plugin, own, options) })),
  );
  signal?.throwIfAborted();
  const names = chosen.filter(({ origin }) => origin === "lab").map(({ name }) => name);
  const bundled = ownPlugins(cloud, names).filter(({ folder }) => folder !== undefined);
  const path =
    bundled.length === 0
      ? []
      : [
          await makeLabPlugins(
            own,
            bundled.map(({ name }) => name),
          ),
        ];
  const isCompiled = bundled.length < names.length;
  return { chosen, path: isCompiled && programs !== undefined ? [...path, programs] : path };
}

async function originOf(plugin: Plugin, own: string, options: PluginOptions): Promise<Origin> {
  const { programs, home = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi") } = options;
  const { searchPath = process.env.PATH ?? "" } = options;
  const program = `pulumi-resource-${plugin.name}`;
  const directories = searchPath.split(delimiter).filter((each) => each !== "" && !each.startsWith(own));
  // The engine takes any version on the PATH, before it looks into its home.
  if ((await firstExisting(directories, program)) !== undefined) return "path";
  if (await exists(join(home, "plugins", `resource-${plugin.name}-v${plugin.version}`, program)))
    return "home";
  // It is Pulumi's own, and built already.
  if (programs !== undefined && (await exists(join(programs, program)))) return "lab";
  if (!(await hasOwn(own, program)) && (await download(plugin, options))) return "release";
  return "lab";
}

/** Whether the lab has made its own already. Each folder of `own` holds those of one version of the sources. */
async function hasOwn(own: string, program: string): Promise<boolean> {
  if (!(await exists(own))) return false;
  const folders = (await readdir(own)).map((folder) => join(own, folder));
  return (await firstExisting(folders, program)) !== undefined;
}

const ownPlugins = (cloud: LabCloud, names: readonly string[]) =>
  labPlugins(cloud).filter(({ name }) => names.includes(name));

/** @returns whether it is installed. If not, nothing of it is left, and the reason is shown */
async function download(plugin: Plugin, options: PluginOptions): Promise<boolean> {
  const { pulumi, onProgress, signal } = options;
  const published = pluginReleaseOf(plugin);
  const {
    reach = (address: string) => reachable(signal, address),
    install = () => installPlugin(pulumi, plugin, published, { onProgress, signal }),
  } = options;
  if (!(await reach(published.address, signal))) return false;
  try {
    await install(plugin);
    return true;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof DownloadError)) throw error;
    const detail = `no official release: ${error.message}`;
    onProgress({ step: `${plugin.name} plug-in`, done: 0, total: 0, detail });
    return false;
  }
}

const phrases: Readonly<Record<Origin, (plugins: string, isOne: boolean) => string>> = {
  path: (plugins) => `the ${plugins} from the PATH`,
  home: (plugins) => `the official ${plugins}`,
  release: (plugins) => `the official ${plugins} (just downloaded)`,
  lab: (plugins, isOne) =>
    `the lab's own ${plugins} (the official ${isOne ? "one is" : "ones are"} neither installed nor available for download)`,
};

/** Which plug-ins run, for a person. */
export function pluginSummary(chosen: readonly ChosenPlugin[]): string {
  const origins = [...new Set(chosen.map(({ origin }) => origin))];
  return origins
    .map((origin) => {
      const names = chosen.filter((each) => each.origin === origin).map(({ name }) => name);
      const isOne = names.length === 1;
      return phrases[origin](`${names.join(" and ")} ${isOne ? "plug-in" : "plug-ins"}`, isOne);
    })
    .join(" and ");
}
