import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (room: string) => JSON.parse(readFileSync(join(room, "package.json"), "utf8")) as Manifest;

const rooms = manifestOf(".").workspaces ?? [];

const sourcesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/(^|\/)(node_modules|dist)\//.test(file))
    .map((file) => join(directory, file));

/** Statements, dynamic imports and `createRequire`, as prettier writes them. */
const specifier =
  /(?:^(?:import|export|\}) .*?from |^import |\bimport\(|createRequire\(.*\)(?:\.resolve)?\()"([^".][^"]*)"/gm;

/** Names of the packages that files import, without Node's own. */
function imported(files: readonly string[]): string[] {
  const specifiers = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(specifier)].map(([, name = ""]) => name),
  );
  const packages = specifiers
    .filter((name) => !name.startsWith("node:"))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  return [...new Set(packages)].sort();
}

const named = ({ dependencies, devDependencies, peerDependencies }: Manifest): string[] =>
  Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });

describe("every package", () => {
  for (const room of rooms) {
    it(`names exactly what it imports: ${room}`, () => {
      const types = named(manifestOf(room)).filter((name) => name.startsWith("@types/"));
      const others = named(manifestOf(room)).filter((name) => !types.includes(name));
      const used = imported(sourcesIn(room));
      assert.deepEqual(others.sort(), used);
      for (const name of types) assert.ok(used.includes(name.replace("@types/", "")), name);
    });
  }

  it("names what it imports: the program and its tests", () => {
    const files = readdirSync(".").filter((file) => /\.(ts|js)$/.test(file));
    const used = imported([...files, ...sourcesIn("program"), ...sourcesIn("test")]);
    const names = named(manifestOf("."));
    assert.deepEqual(
      used.filter((name) => !names.includes(name)),
      [],
    );
  });

  it("has each dependency in one version, and that exact", () => {
    const versions = new Map<string, string>();
    for (const room of [".", ...rooms]) {
      const { dependencies, devDependencies } = manifestOf(room);
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        assert.match(version, /^\d+\.\d+\.\d+$/, `${name} of ${room}`);
        assert.equal(versions.get(name) ?? version, version, `${name} of ${room}`);
        versions.set(name, version);
      }
    }
  });
});
