import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "../../..");

const service = (type: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: { service.beta.kubernetes.io/aws-load-balancer-type: nlb }
spec: { type: ${type}, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;

/** Modules that were loaded, and what a comparison without a cluster must not do. */
function traced(args: readonly string[], list: string): string {
  const hook = `import { appendFileSync } from "node:fs";
    export function load(url, context, next) {
      appendFileSync(${JSON.stringify(list)}, url + "\\n");
      return next(url, context);
    }`;
  return `import childProcess from "node:child_process";
    import { appendFileSync } from "node:fs";
    import Module, { register, syncBuiltinESMExports } from "node:module";
    import net from "node:net";
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});
    const refuse = (what) => () => {
      appendFileSync(${JSON.stringify(list)}, what + "\\n");
      throw new Error(what);
    };
    childProcess.ChildProcess.prototype.spawn = refuse("it starts a process");
    childProcess.spawnSync = refuse("it starts a process");
    net.Socket.prototype.connect = refuse("it connects");
    syncBuiltinESMExports();
    process.on("exit", () => appendFileSync(${JSON.stringify(list)}, Object.keys(Module._cache).join("\\n")));
    process.argv.push("loading/run.mjs", "cli/compare.ts", ...${JSON.stringify(args)});
    await import("./loading/run.mjs");`;
}

describe("a comparison of manifests", function () {
  // It starts processes, which takes long on a busy machine.
  this.timeout(120_000);
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "files-loading-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it("starts no process, connects to nothing, and loads no client of a cloud or a cluster", () => {
    const files = ["NodePort", "LoadBalancer"].map((type) => {
      const file = join(directory, `${type}.yaml`);
      writeFileSync(file, service(type));
      return file;
    });
    const list = join(directory, "loaded");
    const args = files.flatMap((file) => ["--file", file]);
    const program = ["--input-type=module", "--eval", traced(args, list)];
    assert.match(
      execFileSync(process.execPath, program, { cwd: checkout, encoding: "utf8" }),
      /^Equivalent/m,
    );
    const loaded = new Set(readFileSync(list, "utf8").split("\n"));
    const dear =
      /^it |aws-sdk|@smithy|client-node|\/libraries-|node_modules\/(typescript|tsx|esbuild|ts-node|@npmcli)\//;
    assert.deepEqual(
      [...loaded].filter((each) => dear.test(each)),
      [],
    );
    // What takes the time is to load modules: 750 take 0.8 s of a processor.
    assert.ok(loaded.size < 1000, `it loads ${loaded.size} modules`);
  });
});
