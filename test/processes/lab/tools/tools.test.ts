import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findTools, provideTools } from "../../../../lab/tools/tools.ts";
import type { Progress } from "../../../../lab/tools/tools.ts";

/** These start processes, which can take long on a busy machine. */
const loadedMachineMilliseconds = 30_000;

/** Go, a C compiler, Python and Pulumi as scripts: what is built is real in nothing but its place. */
const commands = {
  go: `
    case "$1" in
      mod) echo '{"Dir": "HERE/kubernetes"}';;
      build)
        echo "$GOFLAGS $@" >> HERE/builds
        [ -e HERE/full ] && { echo "write x: no space left on device" >&2; exit 1; }
        [ -e HERE/slow ] && sleep 60
        out=; for last; do [ "$out" = next ] && out="$last"; [ "$last" = -o ] && out=next
          case "$out" in */) [ "$last" = "$out" ] || {
            printf '#!/bin/sh\\necho "$@"\\n' > "$out\${last##*/}"; chmod +x "$out\${last##*/}"; };; esac
        done;;
    esac`,
  gcc: `for last; do [ "$to" = next ] && to="$last"; [ "$last" = -o ] && to=next; done; echo pause > "$to"`,
  "pkg-config": "exit 1",
  python3: `
    case "$*" in
      *version_info*) echo 3 12;;
      *base_prefix*) echo /usr;;
      "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python3";;
    esac`,
  pulumi: "echo v9.0.0",
  "pulumi-language-nodejs": "exit 0",
};

describe("tools: all of them", () => {
  const path = process.env.PATH;
  let directory: string;
  let cache: string;
  let seen: Progress[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "tools-"));
    cache = join(directory, "cache");
    seen = [];
    const bin = join(directory, "bin");
    await mkdir(bin);
    for (const [name, script] of Object.entries(commands)) {
      await writeFile(join(bin, name), `#!/bin/sh\n${script.replaceAll("HERE", directory)}\n`);
      await chmod(join(bin, name), 0o755);
    }
    const upstream = {
      "test/images/agnhost/VERSION": "2.59\n",
      "build/pause/Makefile": "TAG ?= 3.10.1\n",
      "build/pause/linux/pause.c": "",
    };
    for (const [file, text] of Object.entries(upstream)) {
      await mkdir(join(directory, "kubernetes", file, ".."), { recursive: true });
      await writeFile(join(directory, "kubernetes", file), text);
    }
    process.env.PATH = [bin, path].join(delimiter);
  });

  afterEach(async () => {
    process.env.PATH = path;
    await rm(directory, { recursive: true });
  });

  const provide = (signal?: AbortSignal, freeBytes = 1e12) =>
    provideTools({
      cache,
      signal,
      freeBytes: () => freeBytes,
      onProgress: (progress) => seen.push(progress),
    });
  const builds = async () => (await readFile(join(directory, "builds"), "utf8")).trim().split("\n").length;

  it("are built once, found ever after, and nothing else is left behind", async () => {
    assert.equal(await findTools(cache), undefined);
    const built = await provide();
    assert.equal(built.found, false);
    const found = await provide();
    assert.deepEqual(found, { ...built, found: true });
    // Pulumi is on the PATH: four runs of `go build`, none of them for it.
    assert.equal(await builds(), 4);
    assert.deepEqual((await readdir(cache)).map((name) => name.replace(/-[0-9a-f]{16}$/, "")).sort(), [
      "images",
      "lock",
      "parts",
      "python",
    ]);
    for (const name of ["etcd", "kubelet", "containerd", "runc", "runc-without-cgroups", "pause"])
      assert.ok(await readFile(join(found.bin, name), "utf8"), name);
    assert.deepEqual((await readdir(found.cni)).sort(), ["host-local", "loopback", "portmap", "ptp"]);
    for (const image of found.images) assert.ok((await readFile(image)).length > 0);
    assert.deepEqual([found.root, found.pythonHome, found.seccomp], [cache, "/usr", false]);
  });

  it("contain the cloud's optional controller if it is wanted, which builds nothing else again", async () => {
    const without = await provide();
    const wanting = { cache, loadBalancerController: true, onProgress: () => undefined };
    const built = await provideTools(wanting);
    assert.deepEqual([without.loadBalancerController, built.found, await builds()], [undefined, false, 5]);
    const there = built.loadBalancerController ?? "";
    assert.deepEqual((await readdir(there)).sort(), ["aws-load-balancer-controller", "objects.yaml"]);
    assert.equal(
      await readFile(join(there, "objects.yaml"), "utf8"),
      `kustomize ${directory}/kubernetes/config/default\n`,
    );
    assert.deepEqual(await provideTools(wanting), { ...built, found: true });
    assert.deepEqual(await provide(), { ...without, found: true });
  });

  it("are those of another version of Kubernetes if it is wanted, and the usual ones besides", async () => {
    const usual = await provide();
    const wanting = { cache, kubernetesVersion: "1.36", onProgress: () => undefined } as const;
    assert.equal(await findTools(cache, undefined, wanting), undefined);
    const built = await provideTools(wanting);
    assert.deepEqual([built.found, await builds()], [false, 5]);
    assert.match(built.bin, /\/kubernetes1\.36-[0-9a-f]{16}\/bin$/);
    const [there, usually] = await Promise.all([readdir(built.bin), readdir(usual.bin)]);
    assert.deepEqual(there.sort(), usually.sort());
    const program = (bin: string, name: string) => realpath(join(bin, name));
    for (const part of ["etcd", "kubelet", "kube-proxy", "kubectl"])
      assert.equal(await program(built.bin, part), await program(built.bin, "kubernetes"));
    const inode = async (bin: string, name: string) => (await stat(join(bin, name))).ino;
    for (const [name, isShared] of [
      ["containerd", true],
      ["pause", true],
      ["kubernetes", false],
    ] as const)
      assert.equal((await inode(built.bin, name)) === (await inode(usual.bin, name)), isShared, name);
    assert.deepEqual((await readdir(built.cni)).sort(), ["host-local", "loopback", "portmap", "ptp"]);
    assert.ok(!built.cni.includes("/parts-"), "a running lab keeps it when the usual programs are removed");
    const same = { ...built, bin: usual.bin, cni: usual.cni, found: true };
    assert.deepEqual(await provide(), same, "all else is the same");
    assert.deepEqual(await provideTools(wanting), { ...built, found: true });
  });

  it("of another version are compiled with that version's modules, and name it", async () => {
    await provideTools({ cache, kubernetesVersion: "1.34", onProgress: () => undefined });
    const log = (await readFile(join(directory, "builds"), "utf8")).trim().split("\n");
    const last = log.at(-1) ?? "";
    assert.match(
      last,
      /^-modcacherw -modfile=versions\/1\.34\.mod build .*gitVersion=v1\.34\.\d+ .* \.\/kubernetes$/,
    );
    assert.ok(log.slice(0, -1).every((line) => line.startsWith("-modcacherw build ")));
  });

  it("are built by the first of two calls, and the second says that it waits", async () => {
    const [first, second] = await Promise.all([provide(), provide()]);
    assert.equal(await builds(), 4);
    assert.equal(first.bin, second.bin);
    assert.deepEqual(
      seen.filter(({ step }) => step === "waiting").map(({ detail }) => detail),
      ["another process is building the lab's programs"],
    );
  });

  it("are not there after an interruption, and are built by the next call", async () => {
    await writeFile(join(directory, "slow"), "");
    const stop = new AbortController();
    const waitForBuild = setInterval(() => {
      builds().then(
        () => stop.abort(new Error("Ctrl-C")),
        () => undefined,
      );
    }, 20);
    await assert.rejects(provide(stop.signal), { message: "Ctrl-C" });
    clearInterval(waitForBuild);
    assert.equal(await findTools(cache), undefined);
    await rm(join(directory, "slow"));
    assert.equal((await provide()).found, false);
    assert.ok(!(await readdir(cache)).includes("building"));
  });

  it("are refused before anything is built if the disk is too small", async () => {
    await assert.rejects(provide(undefined, 2e9), {
      name: "DiskFullError",
      message: `too little disk space in ${cache}: building the lab's programs temporarily needs 8.0 GB there, and 2.0 GB are free. Free some space, or set XDG_CACHE_HOME to a directory on a larger disk.`,
    });
    await assert.rejects(builds(), { code: "ENOENT" });
  });

  it("say that the disk is full, instead of the compiler's error, if it fills during the build", async () => {
    await writeFile(join(directory, "full"), "");
    await assert.rejects(provide(), { name: "DiskFullError" });
  });
}).timeout(loadedMachineMilliseconds);
