/** The download of Pulumi's official release, from a server on this machine. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { run } from "../../../../lab/tools/command.ts";
import type { Progress } from "../../../../lab/tools/progress.ts";
import { installPulumi } from "../../../../lab/tools/pulumi.ts";
import { installRelease, releaseOf } from "../../../../lab/tools/release.ts";

const file = "pulumi-v3.246.0-linux-x64.tar.gz";

describe("tools: the official release", function () {
  this.timeout(30_000);
  let directory: string;
  let archive: Buffer;
  let sums: string;
  let shown: Progress[];
  const server = createServer((request, response) => {
    if (request.url === "/sums") response.end(sums);
    else if (request.url === `/${file}`)
      response.writeHead(200, { "content-length": archive.length }).end(archive);
    else if (request.url === `/silent/${file}`)
      response.writeHead(200, { "content-length": archive.length }).write("x");
    else if (request.url === `/short/${file}`) {
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, 100), () => response.destroy());
    } else response.writeHead(404).end();
  });
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    directory = await mkdtemp(join(tmpdir(), "release-"));
    await mkdir(join(directory, "pulumi"));
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-language-go"])
      await writeFile(join(directory, "pulumi", name), `#!/bin/sh\necho v3.246.0 ${name}\n`, { mode: 0o755 });
    await run("tar", ["-czf", join(directory, file), "-C", directory, "pulumi"]);
    archive = await readFile(join(directory, file));
  });
  beforeEach(() => {
    shown = [];
    const sum = createHash("sha256").update(archive).digest("hex");
    sums = `${"0".repeat(64)}  another.tar.gz\n${sum}  ${file}\n`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  });

  const install = (path: string, stallMs?: number) => {
    const root = join(directory, "root");
    return installPulumi("3.246.0", root, {
      reach: () => Promise.resolve(true),
      install: () =>
        installRelease({ address: at(path), checksums: at("/sums") }, root, {
          onProgress: (progress) => shown.push(progress),
          ...withoutUndefined({ stallMs }),
        }),
      onProgress: (progress) => shown.push(progress),
    });
  };
  const last = () => shown.at(-1)?.detail ?? "";
  const nothingIsLeft = async () => {
    assert.ok(!(await readdir(directory)).includes("root"));
  };

  it("is installed if its checksum is right, with progress, and without other languages' hosts", async () => {
    assert.equal(await install(`/${file}`), true);
    const bin = join(directory, "root", "bin");
    assert.deepEqual((await readdir(bin)).sort(), ["pulumi", "pulumi-language-nodejs"]);
    assert.equal(await run(join(bin, "pulumi"), []), "v3.246.0 pulumi\n");
    assert.deepEqual(await readdir(join(directory, "root")), ["bin"]);
    assert.equal(last(), `MB of ${at(`/${file}`)}`);
    await rm(join(directory, "root"), { recursive: true });
  });

  it("is refused if it is not what its checksum says, and nothing is left of it", async () => {
    sums = `${"0".repeat(64)}  ${file}\n`;
    assert.equal(await install(`/${file}`), false);
    assert.match(last(), /has the SHA-256 [0-9a-f]{64}; http:.*\/sums says 0{64}/);
    await nothingIsLeft();
  });

  it("is refused without a checksum of it", async () => {
    sums = "";
    assert.equal(await install(`/${file}`), false);
    assert.match(last(), /has no SHA-1 or SHA-256 of pulumi-v3.246.0-linux-x64.tar.gz/);
    await nothingIsLeft();
  });

  for (const [name, path, said, stallMs] of [
    ["is not there", `/missing/${file}`, /answers 404/],
    ["breaks off", `/short/${file}`, /could not be downloaded|ended after/],
    ["is silent", `/silent/${file}`, /was silent for 0.3 s/, 300],
  ] as const)
    it(`leaves nothing behind if it ${name}, and says so`, async () => {
      assert.equal(await install(path, stallMs), false);
      assert.match(last(), said);
      await nothingIsLeft();
    });

  it("is that of this machine's processor, with the list of checksums of its version", () => {
    const { address, checksums } = releaseOf("3.246.0");
    assert.match(address, /\/pulumi-v3\.246\.0-linux-(x64|arm64)\.tar\.gz$/);
    assert.match(checksums, /\/v3\.246\.0\/pulumi-3\.246\.0-checksums\.txt$/);
  });
});
