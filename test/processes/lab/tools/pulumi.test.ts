import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultCloud } from "../../../../lab/clouds/index.ts";
import { DownloadError } from "../../../../lab/tools/download.ts";
import { choosePlugins, neededPlugins, pluginSummary } from "../../../../lab/tools/plugins.ts";
import type { Plugin } from "../../../../lab/tools/pluginRelease.ts";
import type { Origin } from "../../../../lab/tools/plugins.ts";
import { installPulumi, isAtLeast, pulumiIn, pulumiOnPath, reachable } from "../../../../lab/tools/pulumi.ts";

/** These start processes, which can take long on a busy machine. */
const loadedMachineMilliseconds = 30_000;

async function program(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

/** A directory with a CLI of the version and the language hosts. */
async function release(
  directory: string,
  version: string,
  hosts: readonly string[] = ["nodejs"],
): Promise<void> {
  await mkdir(directory, { recursive: true });
  await program(join(directory, "pulumi"), `echo v${version}`);
  for (const host of hosts) await program(join(directory, `pulumi-language-${host}`), "exit 0");
}

describe("tools: the Pulumi CLI", () => {
  let directory: string;
  let bin: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "pulumi-"));
    bin = join(directory, "bin");
  });

  afterEach(() => rm(directory, { recursive: true }));

  it("compares versions by number, and a pre-release as older", () => {
    for (const version of ["3.246.0", "v3.246.0", "3.1000.0", "4.0.0"])
      assert.equal(isAtLeast(version, "3.246.0"), true, version);
    for (const version of ["3.245.9", "3.99.0", "2.999.0", "3.246.0-alpha.1"])
      assert.equal(isAtLeast(version, "3.246.0"), false, version);
  });

  it("on the PATH is used if it is new enough and has its language host", async () => {
    await release(bin, "3.250.1");
    assert.deepEqual(await pulumiOnPath("3.246.0", `/nowhere::${bin}`), {
      command: join(bin, "pulumi"),
      version: "3.250.1",
    });
    assert.equal(await pulumiOnPath("3.251.0", bin), undefined);
    await rm(join(bin, "pulumi-language-nodejs"));
    assert.equal(await pulumiOnPath("3.246.0", bin), undefined);
    assert.equal(await pulumiOnPath("3.246.0", "/nowhere"), undefined);
  });

  it("on the PATH is not used if it does not run, or names no version", async () => {
    await release(bin, "");
    assert.equal(await pulumiOnPath("3.246.0", bin), undefined);
    await program(join(bin, "pulumi"), "exit 1");
    assert.equal(await pulumiOnPath("3.246.0", bin), undefined);
  });

  it("in a directory counts only with its language host", async () => {
    await release(bin, "3.246.0", []);
    assert.equal(await pulumiIn(bin, "3.246.0"), undefined);
    await release(bin, "3.246.0");
    assert.deepEqual(await pulumiIn(bin, "3.246.0"), { command: join(bin, "pulumi"), version: "3.246.0" });
  });

  it("is installed where releases can be had, without the hosts of other languages", async () => {
    const install = (version: string, root: string) =>
      release(join(root, "bin"), version, ["nodejs", "python", "go"]);
    const installed = await installPulumi("3.246.0", directory, {
      reach: () => Promise.resolve(true),
      install,
      onProgress: () => undefined,
    });
    assert.equal(installed, true);
    assert.deepEqual((await readdir(bin)).sort(), ["pulumi", "pulumi-language-nodejs"]);
    assert.equal((await pulumiOnPath("3.246.0", bin))?.version, "3.246.0");
  });

  it("is not asked for where releases cannot be had", async () => {
    const install = () => assert.fail("asked for");
    assert.equal(
      await installPulumi("3.246.0", directory, {
        reach: () => Promise.resolve(false),
        install,
        onProgress: () => undefined,
      }),
      false,
    );
  });

  it("leaves nothing behind when its installation breaks off", async () => {
    const root = join(directory, "release");
    const install = async (version: string, to: string) => {
      await release(join(to, "bin"), version);
      throw new Error("connection reset");
    };
    const shown: string[] = [];
    const installed = await installPulumi("3.246.0", root, {
      reach: () => Promise.resolve(true),
      install,
      onProgress: ({ detail }) => shown.push(detail),
    });
    assert.equal(installed, false);
    assert.deepEqual(shown, ["no official release: connection reset"]);
    assert.deepEqual(await readdir(directory), []);
  });
}).timeout(loadedMachineMilliseconds);

describe("tools: reaching a release", () => {
  const server = createServer((request, response) => {
    if (request.url !== "/silent") response.writeHead(request.url === "/there" ? 200 : 403).end();
  });
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("succeeds only if the server has it", async () => {
    assert.equal(await reachable(undefined, at("/there")), true);
    assert.equal(await reachable(undefined, at("/forbidden")), false);
    assert.equal(await reachable(undefined, "http://127.0.0.1:1/"), false);
  });

  it("gives up on a server that does not answer", async () => {
    assert.equal(await reachable(undefined, at("/silent"), 50), false);
  });

  it("ends with the reason when aborted", async () => {
    const reaching = reachable(AbortSignal.timeout(50), at("/silent"));
    await assert.rejects(reaching, { name: "TimeoutError" });
  });
}).timeout(loadedMachineMilliseconds);

describe("tools: resource plug-ins", () => {
  let directory: string;
  let home: string;
  const needed: readonly [Plugin, Plugin] = [
    { name: "kubernetes", version: "4.34.2" },
    { name: "aws", version: "7.48.0" },
  ];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "plugins-"));
    home = join(directory, "home");
  });

  afterEach(() => rm(directory, { recursive: true }));

  function choose(
    reach: (address: string) => Promise<boolean>,
    install: (plugin: Plugin) => Promise<void> = () => Promise.resolve(),
  ) {
    return choosePlugins(needed, {
      install,
      onProgress: () => undefined,
      cloud: defaultCloud,
      checkout: directory,
      pulumi: join(directory, "pulumi"),
      home,
      searchPath: join(directory, "bin"),
      reach,
      makeLabPlugins: async (root, names) => {
        const made = join(root, names.join("+"));
        await mkdir(made, { recursive: true });
        for (const name of names) await writeFile(join(made, `pulumi-resource-${name}`), "");
        return made;
      },
    });
  }
  const from = (kubernetes: Origin, aws: Origin) => [
    { ...needed[0], origin: kubernetes },
    { ...needed[1], origin: aws },
  ];
  const own = (names: string) => [join(directory, ".lab", "plugins", names)];

  async function installOfficial(...plugins: readonly Plugin[]): Promise<void> {
    for (const { name, version } of plugins) {
      const place = join(home, "plugins", `resource-${name}-v${version}`);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, `pulumi-resource-${name}`), "");
    }
  }

  it("are needed in the versions of the program's SDKs", async () => {
    assert.deepEqual(await neededPlugins(defaultCloud), needed);
  });

  it("are the official ones where they are installed, without asking the network", async () => {
    await installOfficial(...needed);
    assert.deepEqual(await choose(() => assert.fail("asked")), { chosen: from("home", "home"), path: [] });
  });

  it("on the PATH come before installed ones, as in the engine", async () => {
    await installOfficial(...needed);
    await mkdir(join(directory, "bin"));
    await program(join(directory, "bin", "pulumi-resource-aws"), "exit 0");
    assert.deepEqual(await choose(() => assert.fail("asked")), { chosen: from("home", "path"), path: [] });
  });

  it("are downloaded one by one where they are missing", async () => {
    await installOfficial(...needed.slice(0, 1));
    const asked: Plugin[] = [];
    const install = (plugin: Plugin) => Promise.resolve(void asked.push(plugin));
    assert.deepEqual(await choose(() => Promise.resolve(true), install), {
      chosen: from("home", "release"),
      path: [],
    });
    assert.deepEqual(
      asked.map(({ name, version }) => `${name} ${version}`),
      ["aws 7.48.0"],
    );
  });

  it("are the lab's own only where the official one cannot be had", async () => {
    const onlyKubernetes = (address: string) => Promise.resolve(address.includes("kubernetes"));
    assert.deepEqual(await choose(onlyKubernetes), { chosen: from("release", "lab"), path: own("aws") });
    await installOfficial(...needed.slice(1));
    assert.deepEqual(await choose(() => Promise.resolve(false)), {
      chosen: from("lab", "home"),
      path: own("kubernetes"),
    });
  });

  it("are not downloaded any more where the lab's own exist", async () => {
    const both = { chosen: from("lab", "lab"), path: own("kubernetes+aws") };
    const fails = () => Promise.reject(new DownloadError("cut off"));
    assert.deepEqual(await choose(() => Promise.resolve(true), fails), both);
    assert.deepEqual(await choose(() => assert.fail("asked again")), both);
    await rm(join(directory, ".lab"), { recursive: true });
    assert.deepEqual(await choose(() => Promise.resolve(false)), both);
  });

  it("are named with where they come from", () => {
    assert.equal(
      pluginSummary(from("lab", "lab")),
      "the lab's own kubernetes and aws plug-ins (the official ones are neither installed nor available for download)",
    );
    assert.equal(
      pluginSummary(from("path", "lab")),
      "the kubernetes plug-in from the PATH and the lab's own aws plug-in (the official one is neither installed nor available for download)",
    );
    assert.equal(
      pluginSummary(from("release", "home")),
      "the official kubernetes plug-in (just downloaded) and the official aws plug-in",
    );
  });
}).timeout(loadedMachineMilliseconds);
