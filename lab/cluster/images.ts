/**
 * The image store: a containerd root into which the images are imported once. Every node's root is made from it with hard links, because unpacked layers are only
 * read.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SupervisedProcess } from "../supervisor/process.ts";
import { until } from "../until.ts";
import { keyOf } from "../tools/cache.ts";
import { run } from "../tools/command.ts";

/** The kubelet's images are in this containerd namespace. */
const criNamespace = "k8s.io";
const importTimeoutMs = 60_000;

export interface ImageStoreOptions {
  readonly bin: string;
  /** Archives to import. */
  readonly images: readonly string[];
  /** Directory of the store, which survives restarts. */
  readonly store: string;
  readonly logs: string;
}

/** Identifies a set of archives by path, size and time: the tools' directory never changes once it exists. */
function fingerprint(images: readonly string[]): string {
  const described = images.map((image) => {
    const { size, mtimeMs } = statSync(image);
    return [image, `${size} ${mtimeMs}`] as const;
  });
  return keyOf(Object.fromEntries(described));
}

/** Imports the images unless the store already contains exactly these. */
export async function prepareImages({ bin, images, store, logs }: ImageStoreOptions): Promise<void> {
  const mark = join(store, "imported");
  const wanted = fingerprint(images);
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  rmSync(store, { recursive: true, force: true });
  mkdirSync(store, { recursive: true });

  const socket = "/run/images/containerd.sock";
  const configuration = "/run/images/containerd.toml";
  mkdirSync("/run/images", { recursive: true });
  writeFileSync(
    configuration,
    [
      "version = 3",
      `root = "${join(store, "root")}"`,
      'state = "/run/images/state"',
      'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
      "[grpc]",
      `address = "${socket}"`,
      "",
    ].join("\n"),
  );
  const containerd = new SupervisedProcess(
    "image import",
    {
      program: join(bin, "containerd"),
      args: ["--config", configuration, "--log-level", "warn"],
      env: { PATH: `${bin}:${process.env.PATH ?? ""}` },
    },
    join(logs, "image-import.log"),
    () => undefined,
  );
  const ctr = (...args: string[]): Promise<string> =>
    run(join(bin, "ctr"), ["--address", socket, "--namespace", criNamespace, ...args]);
  try {
    const answers = (): Promise<boolean> =>
      ctr("version").then(
        () => true,
        () => false,
      );
    await until("containerd, which imports the images", answers, importTimeoutMs);
    // One after another: simultaneous imports would unpack the same base layers and collide.
    for (const image of images) await ctr("images", "import", "--snapshotter", "overlayfs", image);
  } finally {
    await containerd.stop(5_000);
  }
  writeFileSync(mark, wanted);
}

/** Makes a node's containerd root from the store. Each node gets its own copy of the databases, which are written to. */
export async function stockNode(store: string, containerdRoot: string): Promise<void> {
  const script =
    'mkdir -p "$(dirname "$2")" && cp -al "$1" "$2" && cd "$1" && find . -name "*.db" -exec cp --remove-destination --parents -t "$2" {} +';
  await run("sh", ["-c", script, "sh", join(store, "root"), containerdRoot]);
}
