/** The Pulumi CLI: one on the PATH, an official release, or one built here. */
import { readdir, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { gte } from "semver";
import { exists } from "./cache.ts";
import { CommandError, run } from "./command.ts";
import type { OnProgress } from "./progress.ts";
import { installRelease, releaseOf } from "./release.ts";

/** A Pulumi CLI with its language host for Node. */
export interface PulumiCli {
  readonly command: string;
  /** Without the leading `v`. */
  readonly version: string;
}

export const languageHost = "pulumi-language-nodejs";

/** How long it may take to find out that there is no internet. */
const reachMs = 5000;
const releases = "https://get.pulumi.com/install.sh";

/** The CLI of a known version in a directory, if it exists there with its language host. */
export async function pulumiIn(directory: string, version: string): Promise<PulumiCli | undefined> {
  const command = join(directory, "pulumi");
  const whole = (await exists(command)) && (await exists(join(directory, languageHost)));
  return whole ? { command, version } : undefined;
}

/** The CLI on the PATH, if it has at least the wanted version and a language host, in its own directory or on the PATH. */
export async function pulumiOnPath(
  wanted: string,
  path: string = process.env.PATH ?? "",
): Promise<PulumiCli | undefined> {
  const directories = path.split(delimiter).filter((directory) => directory !== "");
  const command = await firstExisting(directories, "pulumi");
  if (command === undefined) return undefined;
  const host = await firstExisting([dirname(command), ...directories], languageHost);
  const version = host === undefined ? undefined : await versionOf(command);
  return version !== undefined && isAtLeast(version, wanted) ? { command, version } : undefined;
}

/** Compares two versions, with or without a leading `v`. A pre-release precedes its release: https://semver.org/#spec-item-11 */
export function isAtLeast(version: string, wanted: string): boolean {
  return gte(version, wanted);
}

export interface Installation {
  /** Whether releases can be downloaded. */
  readonly reach?: (signal: AbortSignal | undefined) => Promise<boolean>;
  /** Installs a release with `bin/` below a directory. */
  readonly install?: (version: string, root: string) => Promise<unknown>;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Installs the official release into `<root>/bin` if it can be downloaded and is what its checksum says. Otherwise nothing is left there, and the reason is shown.
 *
 * @returns whether it was installed
 */
export async function installPulumi(
  version: string,
  root: string,
  { reach = reachable, install, onProgress, signal }: Installation,
): Promise<boolean> {
  const failed = (reason: string) => {
    onProgress({ step: "Pulumi", done: 0, total: 0, detail: `no official release: ${reason}` });
  };
  if (!(await reach(signal))) {
    failed(`${releases} does not answer`);
    return false;
  }
  try {
    if (install === undefined) await installRelease(releaseOf(version), root, { onProgress, signal });
    else await install(version, root);
    await dropOtherLanguages(join(root, "bin"));
    signal?.throwIfAborted();
    return true;
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    signal?.throwIfAborted();
    failed(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** A release contains the hosts of all languages, half a gigabyte. */
async function dropOtherLanguages(bin: string): Promise<void> {
  const others = (await readdir(bin)).filter(
    (program) => program.startsWith("pulumi-language-") && !program.startsWith(languageHost),
  );
  await Promise.all(others.map((program) => rm(join(bin, program))));
}

/** Whether the address answers in time. */
export async function reachable(
  signal: AbortSignal | undefined,
  address: string = releases,
  timeoutMs: number = reachMs,
): Promise<boolean> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(address, {
      method: "HEAD",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return answer.ok;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const printed = await run(command, ["version"], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const [, version] = /^v?(\d+\.\d+\.\d+\S*)/m.exec(printed) ?? [];
    return version;
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** The file of that name in the first directory that has one. */
export async function firstExisting(
  directories: readonly string[],
  name: string,
): Promise<string | undefined> {
  for (const directory of directories) {
    if (await exists(join(directory, name))) return join(directory, name);
  }
  return undefined;
}
