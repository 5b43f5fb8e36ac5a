/**
 * Packs static programs into container images: a tar with an OCI image layout, under the image's official name, ready for `ctr images import`.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import type { Header } from "tar-stream";
import { commandsOf } from "./busyBox.ts";
import type { BusyBox } from "./busyBox.ts";
import { localhostCertificate } from "./localhostCertificate.ts";
import type { ServerCertificate } from "./localhostCertificate.ts";
import { imageTools } from "./programs.ts";

/** An entry of a layer. */
export type Entry = Partial<Header> & Pick<Header, "name"> & { readonly content?: Buffer | string };

export interface Image {
  /** Full references; the first is the official name of what is inside, others are what is asked for in its place. */
  readonly names: readonly string[];
  /** From the lowest to the topmost. Images share the layers that are equal. */
  readonly layers: readonly (readonly Entry[])[];
  readonly config: {
    readonly Entrypoint?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly Env?: readonly string[];
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

/** What the images' commands are made of. */
export interface Commands {
  /** The program that lab/parts builds for the commands of `imageTools`. */
  readonly tools: Buffer;
  /** The machine's BusyBox, and the names of its commands. */
  readonly busyBox?: { readonly program: Buffer; readonly commands: readonly string[] } | undefined;
}

/** The directories of commands. All are one, as on the distributions that merged them. */
const commandDirectories = ["sbin", "usr/bin", "usr/sbin"];
const commandPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Users, directories and commands, as the images of small distributions have them. */
function baseLayer({ tools, busyBox }: Commands): Entry[] {
  const own: readonly string[] = imageTools;
  const others = (busyBox?.commands ?? []).filter((name) => !own.includes(name) && name !== "busybox");
  return [
    directory("bin", 0o755),
    directory("etc", 0o755),
    // The users and groups of upstream's image; programs look their user's name up.
    file("etc/passwd", "root:x:0:0::/:\nnobody:x:65534:65534::/:\nuser-defined-in-image:x:1000:1000::/:\n"),
    file(
      "etc/group",
      "root:x:0:\nnobody:x:65534:\nuser-defined-in-image:x:1000:\ngroup-defined-in-image:x:50000:user-defined-in-image\n",
    ),
    directory("root", 0o700),
    directory("tmp", 0o1777),
    directory("usr", 0o755),
    program("bin/image-tools", tools),
    ...own.map((name) => link(`bin/${name}`, "image-tools")),
    ...(busyBox === undefined ? [] : [program("bin/busybox", busyBox.program)]),
    ...others.map((name) => link(`bin/${name}`, "busybox")),
    ...commandDirectories.map((name) => link(name, "/bin")),
  ];
}

/** What the specs of Kubernetes v1.35 ask for beside agnhost. https://github.com/kubernetes/kubernetes/blob/v1.35.4/test/utils/image/manifest.go */
const testImages = "registry.k8s.io/e2e-test-images";

/** agnhost, with what upstream's image has of Alpine's commands. It also stands in for jessie-dnsutils, of which specs use dig and getent. */
export function agnhostImage(
  version: string,
  agnhost: Buffer,
  commands: Commands,
  localhost: ServerCertificate,
): Image {
  return {
    names: [`${testImages}/agnhost:${version}`, `${testImages}/jessie-dnsutils:1.7`],
    layers: [
      baseLayer(commands),
      [
        // netexec stores uploads here, whatever user it runs as.
        directory("uploads", 0o1777),
        // porter serves TLS with them, and netexec if it is asked to.
        file("localhost.crt", localhost.certificate),
        file("localhost.key", localhost.key),
        program("agnhost", agnhost),
        link("agnhost-2", "agnhost"),
      ],
    ],
    config: {
      Env: [`PATH=${commandPath}`],
      Entrypoint: ["/agnhost"],
      Cmd: ["pause"],
      ExposedPorts: Object.fromEntries([80, 5000, 8080, 8081, 9376].map((port) => [`${port}/tcp`, {}])),
    },
  };
}

/** The machine's BusyBox, in place of the one of Kubernetes' tests. */
export function busyBoxImage(commands: Commands): Image {
  return {
    names: [`${testImages}/busybox:1.37.0-1`],
    layers: [baseLayer(commands)],
    config: { Env: [`PATH=${commandPath}`], Cmd: ["sh"] },
  };
}

/** What containerd 2.4.2 starts in every pod's sandbox unless configured: https://github.com/containerd/containerd/blob/v2.4.2/internal/cri/config/config.go */
const containerdSandboxVersion = "3.10.2";

/** The pause image, with upstream's user. */
export function pauseImage(version: string, pause: Buffer): Image {
  const names = [...new Set([version, containerdSandboxVersion])].map(
    (tag) => `registry.k8s.io/pause:${tag}`,
  );
  return {
    names,
    layers: [[program("pause", pause)]],
    config: { Entrypoint: ["/pause"], User: "65535:65535" },
  };
}

/** Writes the image as a tar that `ctr images import` takes. */
export async function writeImage(path: string, image: Image, architecture: string): Promise<void> {
  const layers = await Promise.all(image.layers.map(tar));
  const config = json({
    architecture,
    os: "linux",
    config: image.config,
    // Layers are not compressed, so that their own digests are also their contents'.
    rootfs: { type: "layers", diff_ids: layers.map(digest) },
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: descriptor(types.config, config),
    layers: layers.map((layer) => descriptor(types.layer, layer)),
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
  const blobs = [...layers, config, manifest].map((blob) => file(`blobs/sha256/${sha256(blob)}`, blob));
  const layout = file("oci-layout", json({ imageLayoutVersion: "1.0.0" }));
  await writeFile(path, await tar([layout, file("index.json", index), ...blobs]));
}

export interface Contents {
  /** The directory of the programs that lab/parts builds. */
  readonly programs: string;
  readonly versions: { readonly agnhost: string; readonly pause: string };
  readonly architecture: string;
  /** The machine's, if it has one. */
  readonly busyBox: BusyBox | undefined;
}

/** The files that `writeImages` writes. */
export const imageArchives = ["agnhost.tar", "busybox.tar", "pause.tar"] as const;

/** Packs the images that the lab runs. */
export async function writeImages(
  to: string,
  { programs, versions, architecture, busyBox }: Contents,
): Promise<void> {
  const built = (name: string) => readFile(`${programs}/${name}`);
  const commands: Commands = {
    tools: await built("image-tools"),
    busyBox: busyBox && { program: busyBox.program, commands: await commandsOf(busyBox) },
  };
  const images: Readonly<Record<(typeof imageArchives)[number], Image>> = {
    "agnhost.tar": agnhostImage(
      versions.agnhost,
      await built("agnhost"),
      commands,
      await localhostCertificate(),
    ),
    "busybox.tar": busyBoxImage(commands),
    "pause.tar": pauseImage(versions.pause, await built("pause")),
  };
  for (const archive of imageArchives) await writeImage(`${to}/${archive}`, images[archive], architecture);
}

function directory(name: string, mode: number): Entry {
  return { name, mode, type: "directory" };
}

function program(name: string, content: Buffer): Entry {
  return { name, mode: 0o755, content };
}

function link(name: string, linkname: string): Entry {
  return { name, type: "symlink", linkname };
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
