import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "../../../loading/compile.mjs";

describe("the JavaScript of a module", () => {
  let directory: string;
  before(() => (directory = mkdtempSync(join(tmpdir(), "compile-"))));
  after(() => rmSync(directory, { recursive: true }));

  /** Its lines, but for the last, which names the source. */
  const linesOf = (source: string, libraries = {}): string[] => {
    const file = join(directory, "a.ts");
    writeFileSync(file, source);
    const lines = compile(file, libraries).trimEnd().split("\n");
    assert.equal(lines.pop(), `//# sourceURL=${pathToFileURL(file).href}`);
    return lines;
  };

  it("has everything where the source has it, without types", () =>
    assert.deepEqual(linesOf("interface A {\n  a: string;\n}\nexport const a: A = f<A>(b as A)!;"), [
      "             ",
      "            ",
      " ",
      "export const a    = f   (b     ) ;",
    ]));

  it("imports the JavaScript of other modules, and libraries as before", () => {
    const source =
      'import a from "./a.ts"; export * from "../b/c.ts"; import "lib/x.ts"; import fs from "node:fs";';
    assert.deepEqual(linesOf(source), [
      'import a from "./a.mjs"; export * from "../b/c.mjs"; import "lib/x.ts"; import fs from "node:fs";',
    ]);
  });

  it("imports libraries from where they are said to be", () =>
    assert.deepEqual(
      linesOf('import a from "lib"; import b from "lib/b"; await import(`lib`);', { lib: "file:///lib.mjs" }),
      ['import a from "file:///lib.mjs"; import b from "lib/b"; await import(`file:///lib.mjs`);'],
    ));

  it("imports it when it runs, as another instance with another query", () =>
    assert.deepEqual(
      linesOf('await import("./a.ts"); await import(`./a.ts?run=${1}`); await import(name);'),
      ['await import("./a.mjs"); await import(`./a.mjs?run=${1}`); await import(name);'],
    ));

  it("imports any other file from where it is", () => {
    const there = pathToFileURL(join(directory, "version.cjs")).href;
    assert.deepEqual(linesOf('import v from "./version.cjs";'), [`import v from "${there}";`]);
  });

  it("believes to be its source, but for texts that speak of it", () => {
    const [line = ""] = linesOf('console.log(import.meta.dirname, "import.meta.dirname");');
    const { filename, dirname, url } = JSON.parse(/\((\{.*?\})\)/.exec(line)?.[1] ?? "") as ImportMeta;
    assert.deepEqual([dirname, filename], [directory, join(directory, "a.ts")]);
    assert.equal(url, pathToFileURL(join(directory, "a.ts")).href);
    assert.match(line, /\)\.dirname, "import\.meta\.dirname"\);$/);
  });

  it("does not exist for what is more than JavaScript with types", () => {
    const refusal = { name: "SyntaxError", message: /a\.ts:2: TypeScript enum is not supported/ };
    assert.throws(() => linesOf("\nenum A { a }"), refusal);
  });
});
