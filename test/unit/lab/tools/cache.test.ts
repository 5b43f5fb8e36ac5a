import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  cacheDirectory,
  directoryOf,
  exists,
  keyOf,
  openCache,
  prune,
  publish,
} from "../../../../lab/tools/cache.ts";

describe("tools: the cache directory", () => {
  it("is in XDG_CACHE_HOME", () => {
    assert.equal(cacheDirectory({ XDG_CACHE_HOME: "/c", HOME: "/h" }), "/c/nodeport-vs-loadbalancer");
  });

  it("is in ~/.cache if XDG_CACHE_HOME is unset, empty or relative", () => {
    for (const given of [undefined, "", "relative"])
      assert.equal(
        cacheDirectory({ XDG_CACHE_HOME: given, HOME: "/h" }),
        "/h/.cache/nodeport-vs-loadbalancer",
      );
  });
});

describe("tools: a piece's key", () => {
  it("is the same for the same ingredients in any order", () => {
    assert.equal(keyOf({ a: "1", b: "2" }), keyOf({ b: "2", a: "1" }));
    assert.match(keyOf({}), /^[0-9a-f]{16}$/);
  });

  it("differs with every name and every content", () => {
    const variants = [
      { a: "1" },
      { a: "2" },
      { b: "1" },
      { a: "1", b: "" },
      { a: "", b: "1" },
      { ab: "1" },
      {},
    ];
    assert.equal(
      new Set(variants.map((ingredients) => keyOf(ingredients as Record<string, string>))).size,
      7,
    );
  });
});

describe("tools: pieces in the cache", () => {
  let cache: string;
  const piece = { name: "parts", key: keyOf({ a: "1" }) };

  beforeEach(async () => {
    cache = join(await mkdtemp(join(tmpdir(), "cache-")), "deep", "cache");
    await openCache(cache);
  });

  afterEach(() => rm(join(cache, "../.."), { recursive: true, force: true }));

  it("appear in one step, readable and executable by everybody regardless of the umask", async () => {
    const built = join(cache, "building");
    await mkdir(join(built, "bin"), { recursive: true, mode: 0o700 });
    await writeFile(join(built, "bin/runc"), "program", { mode: 0o700 });
    await writeFile(join(built, "notes"), "text", { mode: 0o600 });
    await publish(cache, piece, built);

    const place = directoryOf(cache, piece);
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    assert.deepEqual(await Promise.all([cache, place, join(place, "bin")].map(mode)), ["755", "755", "755"]);
    assert.deepEqual(await Promise.all(["bin/runc", "notes"].map((file) => mode(join(place, file)))), [
      "755",
      "644",
    ]);
    assert.equal(await exists(built), false);
  });

  it("replace a broken piece with the same key", async () => {
    await mkdir(directoryOf(cache, piece));
    await writeFile(join(directoryOf(cache, piece), "old"), "");
    const built = join(cache, "building");
    await mkdir(built);
    await writeFile(join(built, "new"), "whole");
    await publish(cache, piece, built);
    assert.deepEqual(await readdir(directoryOf(cache, piece)), ["new"]);
    assert.equal(await readFile(join(directoryOf(cache, piece), "new"), "utf8"), "whole");
  });

  it("of older keys are pruned, and nothing else is", async () => {
    const old = { name: "parts", key: keyOf({ a: "0" }) };
    const other = { name: "python", key: keyOf({}) };
    for (const directory of [piece, old, other].map((each) => directoryOf(cache, each)))
      await mkdir(directory);
    for (const name of ["wheels", "building", "parts-dev"]) await mkdir(join(cache, name));
    await prune(cache, [piece]);
    assert.deepEqual(
      (await readdir(cache)).sort(),
      ["building", `parts-${piece.key}`, "parts-dev", `python-${other.key}`, "wheels"].sort(),
    );
  });

  it("of older keys are pruned for each version that is in their names", async () => {
    const [other, old, current] = ["1.34-a", "1.36-b", "1.36-c"].map((made) => {
      const [version = "", a = ""] = made.split("-");
      return { name: `kubernetes${version}`, key: keyOf({ a }) };
    });
    assert.ok(other && old && current);
    for (const each of [other, old, current]) await mkdir(directoryOf(cache, each));
    await prune(cache, [current]);
    const left = [other, current].map((each) => `${each.name}-${each.key}`);
    assert.deepEqual((await readdir(cache)).sort(), left.sort());
  });

  it("of older keys stay while a program of theirs runs: another checkout's lab needs it", async () => {
    const [running, idle] = ["running", "idle"].map((a) => ({ name: "parts", key: keyOf({ a }) }));
    assert.ok(running && idle);
    for (const each of [running, idle]) await mkdir(directoryOf(cache, each));
    await prune(cache, [piece], () => ["/usr/bin/node", join(directoryOf(cache, running), "bin/etcd")]);
    assert.deepEqual(await readdir(cache), [`parts-${running.key}`]);
  });
});
