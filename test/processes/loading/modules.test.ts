import assert from "node:assert/strict";
import { join } from "node:path";
import { Checkout } from "./checkout.ts";

const twice = 'const twice = (n: number): number => 2 * n;\nconsole.log(twice(21));\nexport type A = "a";\n';

describe("the project's modules", function () {
  // It starts processes, which takes long on a busy machine.
  this.timeout(120_000);
  let checkout: Checkout;
  beforeEach(() => (checkout = new Checkout()));
  afterEach(() => checkout.remove());

  it("run as TypeScript, also several at a time in a fresh checkout", async () => {
    checkout.write("a.ts", twice);
    const runs = await Promise.all([1, 2].map(() => checkout.run("a.ts")));
    assert.deepEqual(
      runs,
      runs.map(() => ({ stdout: "42\n", stderr: "" })),
    );
  });

  it("run as they are now, with the modules that they import", async () => {
    checkout.write("a.ts", 'import { b } from "./deep/b.ts"; console.log(b);');
    checkout.write("deep/b.ts", 'export const b: string = "old";');
    assert.equal((await checkout.run("a.ts")).stdout, "old\n");
    checkout.write("deep/b.ts", 'export const b: string = "new";');
    assert.equal((await checkout.run("a.ts")).stdout, "new\n");
    checkout.remove("deep/b.ts");
    assert.match((await checkout.run("a.ts")).stderr, /ERR_MODULE_NOT_FOUND/);
  });

  it("fail with a stack trace that names the sources", async () => {
    checkout.write("a.ts", 'interface A {\n  a: string;\n}\n\n  throw new Error("oh" satisfies string);');
    assert.match((await checkout.run("a.ts")).stderr, /at file:\S*\/a\.ts:5:9$/m);
  });

  it("run beside one that is no TypeScript, which is reported", async () => {
    checkout.write("a.ts", twice);
    checkout.write("b.ts", "const b: = 1;");
    const { stdout, stderr } = await checkout.run("a.ts");
    assert.equal(stdout, "42\n");
    assert.match(stderr, /^error: \S*\/b\.ts:1: /);
    checkout.write("a.ts", 'import "./b.ts";');
    assert.match((await checkout.run("a.ts")).stderr, /ERR_MODULE_NOT_FOUND/);
  });

  it("import clients of clouds and clusters from bundles, and all of what these have", async () => {
    const clients = ["@kubernetes/client-node"].concat(
      ["auto-scaling", "ec2", "elastic-load-balancing", "elastic-load-balancing-v2"].map(
        (name) => `@aws-sdk/client-${name}`,
      ),
    );
    checkout.link("esbuild");
    for (const client of clients) {
      checkout.write(`node_modules/${client}/package.json`, '{ "type": "module", "exports": "./index.js" }');
      checkout.write(
        `node_modules/${client}/index.js`,
        'export * from "./part.js"; export const where = import.meta.url;',
      );
      checkout.write(
        `node_modules/${client}/part.js`,
        `export class Client {}; export const name = "${client}";`,
      );
    }
    checkout.write(
      "a.ts",
      clients
        .map(
          (client, index) =>
            `import * as c${index} from "${client}"; console.log(c${index}.name, c${index}.Client.name, c${index}.where);`,
        )
        .join("\n"),
    );
    const { stdout, stderr } = await checkout.run("a.ts");
    assert.equal(stderr, "");
    for (const [index, line] of stdout.trimEnd().split("\n").entries())
      assert.match(line, new RegExp(`^${clients[index] ?? ""} Client file:\\S*/\\.cache/\\S*/libraries-`));
  });

  it("run where no copy can be written", async () => {
    checkout.write("a.ts", twice);
    checkout.write(join("node_modules", ".cache"), "a file in the way");
    assert.deepEqual(await checkout.run("a.ts"), { stdout: "42\n", stderr: "" });
  });
});
