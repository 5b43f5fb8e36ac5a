import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import type { Header } from "tar-stream";
import { agnhostImage, busyBoxImage, pauseImage, writeImage } from "../../../../lab/tools/images.ts";
import type { Image } from "../../../../lab/tools/images.ts";

type Files = Map<string, { header: Header; content: Buffer }>;

interface Descriptor {
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Index {
  readonly manifests: readonly [Descriptor, ...Descriptor[]];
}

interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

interface Configuration {
  readonly os: string;
  readonly architecture: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

const importNames = ({ manifests }: Index) =>
  manifests.map(({ annotations }) => annotations?.["io.containerd.image.name"]);

async function unpack(archive: Buffer): Promise<Files> {
  const files: Files = new Map();
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader)
    files.set(entry.header.name.replace(/\/$/, ""), { header: entry.header, content: await buffer(entry) });
  return files;
}

describe("tools: images", () => {
  let directory: string;
  const program = Buffer.from("a static program");
  const commands = {
    tools: Buffer.from("the lab's tools"),
    busyBox: { program: Buffer.from("BusyBox"), commands: ["busybox", "ls", "nc", "sh"] },
  };

  const localhost = { certificate: "a certificate", key: "its key" };

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "images-"));
  });

  after(() => rm(directory, { recursive: true }));

  async function pack(image: Image) {
    const path = join(directory, "image.tar");
    await writeImage(path, image, "amd64");
    const files = await unpack(await readFile(path));
    const read = (name: string): unknown => JSON.parse(files.get(name)?.content.toString() ?? "");
    const blob = (descriptor: { digest: string }) => `blobs/${descriptor.digest.replace(":", "/")}`;
    const index = read("index.json") as Index;
    const manifest = read(blob(index.manifests[0])) as Manifest;
    const config = read(blob(manifest.config)) as Configuration;
    const unpacked = await Promise.all(
      manifest.layers.map((layer) => unpack(files.get(blob(layer))?.content ?? Buffer.alloc(0))),
    );
    // As a container sees it: upper layers are over lower ones.
    const root: Files = new Map(unpacked.flatMap((layer) => [...layer]));
    return { files, index, manifest, config, root };
  }

  it("are OCI layouts whose digests and sizes are those of their contents", async () => {
    const { files, manifest, config, index } = await pack(pauseImage("3.10.1", program));
    assert.deepEqual(JSON.parse(files.get("oci-layout")?.content.toString() ?? ""), {
      imageLayoutVersion: "1.0.0",
    });
    const blobs = [...files].filter(([name]) => name.startsWith("blobs/"));
    assert.equal(blobs.length, 3);
    for (const [name, { content }] of blobs)
      assert.equal(name, `blobs/sha256/${createHash("sha256").update(content).digest("hex")}`);
    for (const { digest, size } of [manifest.config, ...manifest.layers, ...index.manifests])
      assert.equal(files.get(`blobs/${digest.replace(":", "/")}`)?.content.length, size);
    assert.deepEqual(
      config.rootfs.diff_ids,
      manifest.layers.map(({ digest }) => digest),
    );
    assert.deepEqual([config.os, config.architecture], ["linux", "amd64"]);
  });

  it("are the same for the same contents", async () => {
    const image = agnhostImage("2.59", program, commands, localhost);
    assert.deepEqual((await pack(image)).index, (await pack(image)).index);
  });

  it("of agnhost have the official name, entry point and directories that any user may write to", async () => {
    const { index, config, root } = await pack(agnhostImage("2.59", program, commands, localhost));
    assert.equal(importNames(index)[0], "registry.k8s.io/e2e-test-images/agnhost:2.59");
    assert.deepEqual([config.config.Entrypoint, config.config.Cmd], [["/agnhost"], ["pause"]]);
    assert.deepEqual(root.get("agnhost")?.content, program);
    assert.equal(root.get("agnhost")?.header.mode, 0o755);
    assert.equal(root.get("agnhost-2")?.header.linkname, "agnhost");
    assert.equal(root.get("localhost.crt")?.content.toString(), localhost.certificate);
    assert.equal(root.get("localhost.key")?.content.toString(), localhost.key);
    for (const name of ["tmp", "uploads"]) assert.equal(root.get(name)?.header.mode, 0o1777);
  });

  it("have BusyBox's commands, and the lab's own tools in place of some of them", async () => {
    const { root } = await pack(busyBoxImage(commands));
    assert.deepEqual(root.get("bin/busybox")?.content, commands.busyBox.program);
    assert.equal(root.get("bin/busybox")?.header.type, "file");
    const target = (name: string) => root.get(`bin/${name}`)?.header.linkname;
    assert.deepEqual(["ls", "nc", "sh", "curl", "dig"].map(target), [
      "busybox",
      "image-tools",
      "image-tools",
      "image-tools",
      "image-tools",
    ]);
    assert.equal(root.get("usr/bin")?.header.linkname, "/bin");
  });

  it("have the lab's own tools on a machine without BusyBox", async () => {
    const { root } = await pack(busyBoxImage({ tools: commands.tools }));
    assert.equal(root.get("bin/sh")?.header.linkname, "image-tools");
    assert.equal(root.has("bin/ls"), false);
  });

  it("share their lowest layer", async () => {
    const [agnhost, busyBox] = [
      await pack(agnhostImage("2.59", program, commands, localhost)),
      await pack(busyBoxImage(commands)),
    ];
    assert.deepEqual(agnhost.manifest.layers[0], busyBox.manifest.layers[0]);
  });

  it("of pause have the official name, and the one that containerd asks for", async () => {
    const { index, config } = await pack(pauseImage("3.10.1", program));
    assert.deepEqual(importNames(index), ["registry.k8s.io/pause:3.10.1", "registry.k8s.io/pause:3.10.2"]);
    assert.deepEqual(config.config, { Entrypoint: ["/pause"], User: "65535:65535" });
    assert.deepEqual(pauseImage("3.10.2", program).names, ["registry.k8s.io/pause:3.10.2"]);
  });
});
