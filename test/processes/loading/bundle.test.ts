import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as bundle from "../../../loading/bundle.mjs";
import { withLazyParts } from "../../../loading/pulumi.mjs";
import { Checkout } from "./checkout.ts";

describe("the Pulumi program", function () {
  // It starts processes, which takes long on a busy machine.
  this.timeout(120_000);
  let checkout: Checkout;
  beforeEach(() => {
    checkout = new Checkout();
    // As Pulumi does it.
    checkout.link("esbuild", "source-map-support");
    checkout.write(
      "pulumi.mjs",
      'import "source-map-support/register.js";\nconsole.log(JSON.stringify((await import("./loading/program.mjs")).default));',
    );
  });
  afterEach(() => checkout.remove());

  const outputs = async (): Promise<unknown> => {
    const { stdout, stderr } = await checkout.runScript("pulumi.mjs");
    assert.equal(stderr, "");
    return JSON.parse(stdout);
  };

  /** The same without a process. */
  const exported = async (): Promise<unknown> => {
    const { programUrl } = (await checkout.load("loading/bundle.mjs")) as typeof bundle;
    return { ...((await import(await programUrl())) as object) };
  };

  it("gives its exports as outputs, also to several at a time in a fresh checkout", async () => {
    checkout.write("index.ts", "export const twice: number = 2 * 21;");
    assert.deepEqual(
      await Promise.all([1, 2, 3].map(outputs)),
      [1, 2, 3].map(() => ({ twice: 42 })),
    );
  });

  it("has no output for an export without a value", async () => {
    checkout.write("index.ts", "export const one = 1;\nexport const none = undefined;");
    checkout.write(
      "keys.mjs",
      'console.log(JSON.stringify(Object.keys((await import("./loading/program.mjs")).default)));',
    );
    const { stdout } = await checkout.runScript("keys.mjs");
    assert.deepEqual(JSON.parse(stdout), ["one"]);
  });

  it("runs as its sources are now", async () => {
    checkout.write(
      "index.ts",
      'export { b } from "./deep/b.ts"; export const c = (await import("./c.ts")).c;',
    );
    checkout.write("deep/b.ts", 'export const b: string = "old";');
    checkout.write("c.ts", 'export const c: string = "old";');
    assert.deepEqual(await exported(), { b: "old", c: "old" });
    checkout.write("deep/b.ts", 'export const b: string = "new";');
    assert.deepEqual(await exported(), { b: "new", c: "old" });
    checkout.write("c.ts", 'export const c: string = "new";');
    assert.deepEqual(await exported(), { b: "new", c: "new" });
    checkout.remove("c.ts");
    await assert.rejects(exported(), /Cannot find module '\S*\/c\.mjs'/);
  });

  it("runs with other libraries as soon as others are installed", async () => {
    checkout.write("index.ts", 'import v from "valibot";\nexport const version: string = v;');
    const install = (version: string): void => {
      checkout.write("node_modules/valibot/package.json", '{ "main": "index.js" }');
      checkout.write("node_modules/valibot/index.js", `module.exports = "${version}";`);
      checkout.write("package-lock.json", `{ "version": "${version}" }`);
    };
    install("1");
    assert.deepEqual(await exported(), { version: "1" });
    install("2");
    assert.deepEqual(await exported(), { version: "2" });
  });

  it("fails with a stack trace that has the lines and columns of the sources", async () => {
    checkout.write("index.ts", 'import { fail } from "./b.ts";\n\n  fail("oh");');
    checkout.write(
      "b.ts",
      "interface A {\n  a: string;\n}\nexport function fail(a: A['a']): never {\n  throw new Error(a);\n}",
    );
    const { stderr } = await checkout.runScript("pulumi.mjs");
    assert.match(stderr, /Error: oh\n\s+at fail \(\S*\/b\.ts:5:9\)\n\s+at \S*\/index\.ts:3:3$/m);
  });

  it("is loaded in modules if it cannot be bundled, and tells why if it is no TypeScript", async () => {
    checkout.write("index.ts", "export const a: = 1;");
    assert.match((await checkout.runScript("pulumi.mjs")).stderr, /^error: \S*\/index\.ts:1: /);
    checkout.write("index.ts", "export const a: number = 1;");
    checkout.remove(join("node_modules", ".cache"));
    checkout.write(join("node_modules", ".cache"), "a file in the way");
    assert.deepEqual(await outputs(), { a: 1 });
  });

  it("has all of Pulumi's SDK, and loads a part of it when it is used first", async () => {
    checkout.link("@pulumi/pulumi");
    checkout.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       import { createRequire } from "node:module";
       const load = createRequire("${checkout.directory}/index.ts");
       const isLoaded = () => Object.keys(load.cache).some((file) => file.endsWith("/automation/index.js"));
       const before = isLoaded();
       const own = load("@pulumi/pulumi/resource");
       const same = pulumi.automation === load("@pulumi/pulumi/automation") && pulumi.CustomResource === own.CustomResource;
       export const found = { before, same, after: isLoaded() };
       export const lacking = Object.keys(load("@pulumi/pulumi")).filter((name) => !(name in pulumi));
       export const lackingInRuntime = Object.keys(load("@pulumi/pulumi/runtime")).filter((name) => !(name in pulumi.runtime));`,
    );
    assert.deepEqual(await outputs(), {
      found: { before: false, same: true, after: true },
      lacking: [],
      lackingInRuntime: [],
    });
  });

  it("loads a part of the SDK's runtime when it is used first, also outside the bundle", () => {
    const runtime = "node_modules/@pulumi/pulumi/runtime";
    checkout.write(
      `${runtime}/index.js`,
      'var part_1 = require("./part");\nexports.answer = part_1.answer;\n',
    );
    checkout.write(`${runtime}/part.js`, "exports.answer = 42;");
    const load = createRequire(join(checkout.directory, "index.ts"));
    const isLoaded = (): boolean =>
      Object.keys(load.cache).some((file) => file.endsWith(`${runtime}/part.js`));
    const loaded = load("@pulumi/pulumi/runtime") as { readonly answer: number };
    assert.equal(isLoaded(), false);
    assert.equal(loaded.answer, 42);
    assert.equal(isLoaded(), true);
  });

  it("finds Pulumi's SDK as it knows it", () => {
    const { resolve } = createRequire(import.meta.url);
    const parts = (index: string): string[] =>
      [
        ...withLazyParts(readFileSync(resolve(index), "utf8")).matchAll(
          /get: \(\) => require\("\.\/([\w/]+)"\)/g,
        ),
      ].map(([, part = ""]) => part);
    assert.deepEqual(parts("@pulumi/pulumi"), [
      "asset",
      "automation",
      "dynamic",
      "iterable",
      "log",
      "provider",
      "runtime",
      "utils",
    ]);
    assert.deepEqual(
      [...new Set(parts("@pulumi/pulumi/runtime"))],
      ["closure/serializeClosure", "closure/codePaths", "mocks"],
    );
  });
});
