/** Pulumi's official release: the CLI with its language hosts. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./command.ts";
import { download } from "./download.ts";
import type { DownloadOptions, Published } from "./download.ts";

/** Where it is published, with its checksums: https://www.pulumi.com/docs/iac/download-install/versions/ */
export function releaseOf(version: string): Published {
  return {
    address: `https://get.pulumi.com/releases/sdk/pulumi-v${version}-linux-${process.arch}.tar.gz`,
    checksums: `https://github.com/pulumi/pulumi/releases/download/v${version}/pulumi-${version}-checksums.txt`,
  };
}

/**
 * Leaves its programs in `<root>/bin`.
 * @throws {DownloadError} if it cannot be had or its checksum is another one; {CommandError} if it cannot be unpacked
 */
export async function installRelease(
  published: Published,
  root: string,
  options: Pick<DownloadOptions, "onProgress" | "signal" | "stallMs">,
): Promise<void> {
  const bin = join(root, "bin");
  const archive = join(root, "release.tar.gz");
  await mkdir(bin, { recursive: true });
  await download(published, { ...options, step: "Pulumi", to: archive });
  await run("tar", ["-xzf", archive, "--strip-components=1", "-C", bin], { signal: options.signal });
  await rm(archive);
}
