/** The official release of a resource plug-in. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./command.ts";
import { download } from "./download.ts";
import type { DownloadOptions, Published } from "./download.ts";

/** A resource plug-in, in the version that the program's SDK requests from the engine. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
}

/**
 * Where Pulumi publishes it, with its checksums. The lists of most plug-ins have SHA-1 alone, which tells a damaged file, and no forged one.
 * https://www.pulumi.com/docs/iac/using-pulumi/pulumi-packages/
 * https://github.com/pulumi/pulumi-aws/blob/master/.github/workflows/publish.yml (Calculate checksums)
 */
export function pluginReleaseOf({ name, version }: Plugin): Published {
  const machine = process.arch === "x64" ? "amd64" : process.arch;
  return {
    address: `https://get.pulumi.com/releases/plugins/pulumi-resource-${name}-v${version}-linux-${machine}.tar.gz`,
    checksums: `https://github.com/pulumi/pulumi-${name}/releases/download/v${version}/pulumi-${name}_${version}_checksums.txt`,
  };
}

/**
 * Installs it into Pulumi's home. `pulumi plugin install` would download it without a checksum, and show nothing of it.
 * @param pulumi the CLI
 * @throws {DownloadError} if it cannot be had or its checksum is another one; {CommandError} if Pulumi does not take it
 */
export async function installPlugin(
  pulumi: string,
  { name, version }: Plugin,
  published: Published,
  options: Pick<DownloadOptions, "onProgress" | "signal" | "stallMs">,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "plugin-"));
  const archive = join(directory, "plugin.tar.gz");
  try {
    await download(published, { ...options, step: `${name} plug-in`, to: archive });
    await run(pulumi, ["plugin", "install", "resource", name, version, "--file", archive], {
      signal: options.signal,
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
