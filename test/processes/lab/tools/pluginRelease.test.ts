/** The download of an official plug-in, from a server on this machine. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { defaultCloud } from "../../../../lab/clouds/index.ts";
import { installPlugin, pluginReleaseOf } from "../../../../lab/tools/pluginRelease.ts";
import { choosePlugins } from "../../../../lab/tools/plugins.ts";
import type { Progress } from "../../../../lab/tools/progress.ts";

const file = "pulumi-resource-aws-v7.48.0-linux-amd64.tar.gz";
const archive = Buffer.from("an archive of a plug-in");
/** Between the parts of a slow download. */
const gapMs = 600;
const plugin = { name: "aws", version: "7.48.0" };
const sum = (algorithm: string) => createHash(algorithm).update(archive).digest("hex");

describe("tools: an official plug-in", function () {
  this.timeout(30_000);
  let directory: string;
  let sums: string;
  let shown: Progress[];
  const server = createServer((request, response) => {
    const whole = { "content-length": archive.length };
    if (request.url === "/sums") response.end(sums);
    else if (request.url === `/${file}`) response.writeHead(200, whole).end(archive);
    else if (request.url === `/silent/${file}`) response.writeHead(200, whole).write("x");
    else if (request.url === `/short/${file}`)
      response.writeHead(200, whole).write(archive.subarray(0, 4), () => response.destroy());
    else if (request.url === `/slow/${file}`) {
      response.writeHead(200, whole);
      let sent = 0;
      const timer = setInterval(() => {
        const part = archive.subarray(sent, (sent += 5));
        if (sent < archive.length) response.write(part);
        else {
          clearInterval(timer);
          response.end(part);
        }
      }, gapMs);
    } else if (request.url !== "/silent-sums") response.writeHead(404).end();
  });
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  beforeEach(async () => {
    shown = [];
    sums = `${"0".repeat(64)}  another.tar.gz\n${sum("sha256")}  ${file}\n`;
    directory = await mkdtemp(join(tmpdir(), "plugin-release-"));
    const pulumi = join(directory, "pulumi");
    await writeFile(
      pulumi,
      `#!/bin/sh\necho "$1 $2 $3 $4 $5 $6" > ${directory}/asked\ncp "$7" ${directory}/taken\n`,
    );
    await chmod(pulumi, 0o755);
  });
  afterEach(() => rm(directory, { recursive: true }));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** @returns where the plug-in comes from then */
  async function origin(
    path: string,
    { stallMs, checksums = "/sums" }: { stallMs?: number; checksums?: string } = {},
  ) {
    const pulumi = join(directory, "pulumi");
    const onProgress = (progress: Progress) => void shown.push(progress);
    const published = { address: at(path), checksums: at(checksums) };
    const { chosen } = await choosePlugins([plugin], {
      ...{ cloud: defaultCloud, checkout: directory, pulumi, home: directory, searchPath: "", onProgress },
      reach: () => Promise.resolve(true),
      install: () =>
        installPlugin(pulumi, plugin, published, { onProgress, ...withoutUndefined({ stallMs }) }),
      makeLabPlugins: () => Promise.resolve(join(directory, "own")),
    });
    return chosen[0]?.origin;
  }
  const last = () => shown.at(-1)?.detail ?? "";

  for (const [algorithm, listed] of [
    ["sha256", file],
    ["sha1", `./${file}`],
  ] as const)
    it(`is given to Pulumi if its ${algorithm} is the one of the list, with progress`, async () => {
      sums = `${sum(algorithm)}  ${listed}\n`;
      assert.equal(await origin(`/${file}`), "release");
      assert.equal(
        await readFile(join(directory, "asked"), "utf8"),
        "plugin install resource aws 7.48.0 --file\n",
      );
      assert.deepEqual(await readFile(join(directory, "taken")), archive);
      assert.equal(last(), `MB of ${at(`/${file}`)}`);
    });

  it("is waited for as long as the server goes on to send", async () => {
    // Five parts: all of it takes longer than the server may be silent.
    assert.equal(await origin(`/slow/${file}`, { stallMs: 4 * gapMs }), "release");
  });

  for (const [name, path, said, options] of [
    ["is not there", `/missing/${file}`, /answers 404/, {}],
    ["has no list of checksums", `/${file}`, /\/none answers 404/, { checksums: "/none" }],
    ["breaks off", `/short/${file}`, /could not be downloaded|ended after/, {}],
    ["is silent", `/silent/${file}`, /\/silent\/.* was silent for 1 s/, { stallMs: 1000 }],
    [
      "has a silent list of checksums",
      `/${file}`,
      /\/silent-sums was silent for 1 s/,
      { checksums: "/silent-sums", stallMs: 1000 },
    ],
  ] as const)
    it(`is the lab's own if the official one ${name}, which is said`, async () => {
      assert.equal(await origin(path, options), "lab");
      assert.match(last(), said);
      assert.deepEqual(await readdir(directory), ["pulumi"]);
    });

  it("is the lab's own if the official one is not what its checksum says", async () => {
    for (const wrong of ["0".repeat(64), "0".repeat(40)]) {
      sums = `${wrong}  ${file}\n`;
      assert.equal(await origin(`/${file}`), "lab");
      assert.match(last(), /^no official release: .* has the SHA-(256|1) [0-9a-f]+; http:.*\/sums says 0+$/);
      assert.deepEqual(await readdir(directory), ["pulumi"]);
    }
  });

  it("is that of this machine's processor, with the list of checksums of its version", () => {
    const { address, checksums } = pluginReleaseOf(plugin);
    assert.match(address, /\/pulumi-resource-aws-v7\.48\.0-linux-(amd64|arm64)\.tar\.gz$/);
    assert.match(
      checksums,
      /\/pulumi-aws\/releases\/download\/v7\.48\.0\/pulumi-aws_7\.48\.0_checksums\.txt$/,
    );
  });
});
