/**
 * Packs static programs into container images: a tar with an OCI image layout, under the image's official name, ready for `ctr images import`.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import type { Header } from "tar-stream";

/** An entry of the image's only layer. */
export type Entry = Partial<Header> & Pick<Header, "name"> & { readonly content?: Buffer | string };

export interface Image {
  /** Full references; the first is the official name of what is inside, others are what is asked for in its place. */
  readonly names: readonly string[];
  readonly entries: readonly Entry[];
  readonly config: {
    readonly Entrypoint: readonly string[];
    readonly Cmd?: readonly string[];
    readonly User?: string;
    readonly ExposedPorts?: Readonly<Record<string, object>>;
  };
}

/** Go's names of processor architectures, which image configurations use, by Node's. */
export const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

const types = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
} as const;

/** Equal contents make equal images, whenever they are packed. */
const epoch = new Date(0);

/** agnhost as upstream lays it out, but for Alpine's tools and the registry's sample images. The program is its only real content. */
export function agnhostImage(version: string, program: Buffer): Image {
  return {
    names: [`registry.k8s.io/e2e-test-images/agnhost:${version}`],
    entries: [
      directory("etc", 0o755),
      // The users and groups of upstream's image; programs look their user's name up.
      file("etc/passwd", "root:x:0:0::/:\nnobody:x:65534:65534::/:\nuser-defined-in-image:x:1000:1000::/:\n"),
      file(
        "etc/group",
        "root:x:0:\nnobody:x:65534:\nuser-defined-in-image:x:1000:\ngroup-defined-in-image:x:50000:user-defined-in-image\n",
      ),
      directory("tmp", 0o1777),
      // netexec stores uploads here, whatever user it runs as.
      directory("uploads", 0o1777),
      { name: "agnhost", mode: 0o755, content: program },
      { name: "agnhost-2", type: "symlink", linkname: "agnhost" },
    ],
    config: {
      Entrypoint: ["/agnhost"],
      Cmd: ["pause"],
      ExposedPorts: Object.fromEntries([80, 5000, 8080, 8081, 9376].map((port) => [`${port}/tcp`, {}])),
    },
  };
}

/** What containerd 2.4.2 starts in every pod's sandbox unless configured: https://github.com/containerd/containerd/blob/v2.4.2/internal/cri/config/config.go */
const containerdSandboxVersion = "3.10.2";

/** The pause image, with upstream's user. */
export function pauseImage(version: string, program: Buffer): Image {
  const names = [...new Set([version, containerdSandboxVersion])].map(
    (tag) => `registry.k8s.io/pause:${tag}`,
  );
  return {
    names,
    entries: [{ name: "pause", mode: 0o755, content: program }],
    config: { Entrypoint: ["/pause"], User: "65535:65535" },
  };
}

/** Writes the image as a tar that `ctr images import` takes. */
export async function writeImage(path: string, image: Image, architecture: string): Promise<void> {
  const layer = await tar(image.entries);
  const config = json({
    architecture,
    os: "linux",
    config: image.config,
    // The layer is not compressed, so that its own digest is also its contents'.
    rootfs: { type: "layers", diff_ids: [digest(layer)] },
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: descriptor(types.config, config),
    layers: [descriptor(types.layer, layer)],
  });
  const index = json({
    schemaVersion: 2,
    mediaType: types.index,
    manifests: image.names.map((name) => ({
      ...descriptor(types.manifest, manifest),
      platform: { architecture, os: "linux" },
      // The name that containerd's importer gives the image.
      annotations: { "io.containerd.image.name": name, "org.opencontainers.image.ref.name": name },
    })),
  });
  const blobs = [layer, config, manifest].map((blob) => file(`blobs/sha256/${sha256(blob)}`, blob));
  const layout = file("oci-layout", json({ imageLayoutVersion: "1.0.0" }));
  await writeFile(path, await tar([layout, file("index.json", index), ...blobs]));
}

/** Packs the images that the lab runs from the programs in the directory. */
export async function writeImages(
  to: string,
  programs: string,
  versions: { readonly agnhost: string; readonly pause: string },
  architecture: string,
): Promise<void> {
  const agnhost = agnhostImage(versions.agnhost, await readFile(`${programs}/agnhost`));
  await writeImage(`${to}/agnhost.tar`, agnhost, architecture);
  const pause = pauseImage(versions.pause, await readFile(`${programs}/pause`));
  await writeImage(`${to}/pause.tar`, pause, architecture);
}

function directory(name: string, mode: number): Entry {
  return { name, mode, type: "directory" };
}

function file(name: string, content: Buffer | string): Entry {
  return { name, mode: 0o644, content };
}

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  const packed = buffer(archive);
  for (const { content, ...header } of entries) archive.entry({ mtime: epoch, ...header }, content ?? "");
  archive.finalize();
  return packed;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function digest(content: Buffer): string {
  return `sha256:${sha256(content)}`;
}

function descriptor(mediaType: string, content: Buffer) {
  return { mediaType, digest: digest(content), size: content.length };
}
