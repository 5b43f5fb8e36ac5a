import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { directoryOf } from "../../../../lab/tools/cache.ts";
import type { Progress } from "../../../../lab/tools/progress.ts";
import { buildPython, findPython } from "../../../../lab/tools/python.ts";

/** These start processes, which can take long on a busy machine. */
const loadedMachineMilliseconds = 30_000;

describe("tools: the Python environment", () => {
  const path = process.env.PATH;
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "python-"));
    await mkdir(join(directory, "bin"));
    process.env.PATH = [join(directory, "bin"), path].join(delimiter);
    await writeFile(
      join(directory, "requirements.txt"),
      "# pinned\nflask==3 \\\n    --hash=a\nmoto==5 \\\n    --hash=b\n",
    );
  });

  afterEach(async () => {
    process.env.PATH = path;
    await rm(directory, { recursive: true });
  });

  /** A `python3` of the version, which copies itself into environments and writes down how it was called. */
  async function python(version: string): Promise<void> {
    const file = join(directory, "bin/python3");
    await writeFile(
      file,
      `#!/bin/sh
      case "$*" in
        *version_info*) echo ${version};;
        *base_prefix*) echo ${directory}/bin/..;;
        "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python3";;
        *"pip "*) printf 'Collecting flask==3\\nCollecting moto==5\\nInstalling collected packages: flask, moto\\n';;
      esac
      echo "$*" >> ${directory}/calls`,
    );
    await chmod(file, 0o755);
  }

  async function build(builders?: string): Promise<Progress[]> {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => void seen.push(progress);
    const packages = {
      requirements: join(directory, "requirements.txt"),
      ...(builders === undefined ? {} : { builders }),
    };
    await buildPython(join(directory, "environment"), packages, { onProgress });
    return seen;
  }

  it("is installed from hashed wheels only, compiled, and remembers where its interpreter lives", async () => {
    await python("3 10");
    const seen = await build();
    const calls = await readFile(join(directory, "calls"), "utf8");
    assert.match(
      calls,
      /pip .*install .*--only-binary=:all: --no-build-isolation --require-hashes -r \S+requirements\.txt/,
    );
    assert.match(calls, /-m compileall -q -j 0 \S+environment\/lib/);
    assert.equal(await readFile(join(directory, "environment/python-home"), "utf8"), directory);
    assert.deepEqual(
      seen.map(({ done, total, detail }) => `${done}/${total} ${detail}`),
      [
        "0/2 making the virtual environment",
        "1/2 downloading flask",
        "1/2 downloading moto",
        "1/2 installing what was downloaded",
        "1/2 compiling",
        "2/2 installed",
      ],
    );
  });

  it("has what builds packages without a wheel before them, from hashes as well", async () => {
    await python("3 11");
    await build(join(directory, "builders.txt"));
    const calls = (await readFile(join(directory, "calls"), "utf8")).split("\n");
    const installed = calls.filter((call) => call.includes(" install "));
    assert.equal(installed.length, 2);
    assert.match(installed[0] ?? "", / --require-hashes -r \S+\/builders\.txt$/);
    assert.match(installed[1] ?? "", / --no-build-isolation --require-hashes -r \S+\/requirements\.txt$/);
  });

  it("needs Python 3.10, and names the version that it found", async () => {
    await python("3 9");
    await assert.rejects(build(), {
      name: "PythonMissingError",
      message:
        "the cloud's emulated API needs Python 3.10 or newer, found 3.9: install Python 3.10 or newer, with venv, as python3 on the PATH",
    });
    process.env.PATH = join(directory, "nowhere");
    await assert.rejects(build(), { name: "PythonMissingError", message: /found none/ });
  });

  it("is found only while the machine's interpreter is there", async () => {
    const piece = { name: "python", key: "0".repeat(16) };
    assert.equal(await findPython(directory, piece), undefined);
    const place = directoryOf(directory, piece);
    await mkdir(join(place, "bin"), { recursive: true });
    await writeFile(join(place, "python-home"), "/usr");
    await python("3 10");
    await symlink(join(directory, "bin/python3"), join(place, "bin/python3"));
    assert.deepEqual(await findPython(directory, piece), {
      python: join(place, "bin/python3"),
      pythonHome: "/usr",
    });
    await rm(join(directory, "bin/python3"));
    assert.equal(await findPython(directory, piece), undefined);
  });
}).timeout(loadedMachineMilliseconds);
