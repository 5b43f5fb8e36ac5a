/** What works on macOS and Windows: commands that say they need only Node, with what Linux alone has out of reach. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "../../..");
const systems = ["darwin", "win32"] as const;

/** Loaded before a command: says that this is another system, starts no process, and has no file that only Linux has. */
const preload = (system: string): string => `
  import childProcess from "node:child_process";
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  Object.defineProperty(process, "platform", { value: ${JSON.stringify(system)} });
  const refuse = (what) => { throw new Error("only on Linux: " + what); };
  childProcess.ChildProcess.prototype.spawn = (options) => refuse(options.file);
  childProcess.spawnSync = (command) => refuse(command);
  const linux = /^\\/(proc|sys|dev|run|etc)\\//;
  const watched = (original) => function (path, ...rest) {
    if (linux.test(String(path))) refuse(path);
    return original.call(this, path, ...rest);
  };
  for (const holder of [fs, fs.promises])
    for (const name of ["access", "accessSync", "existsSync", "open", "openSync", "readFile", "readFileSync", "readdir", "readdirSync", "stat", "statSync"])
      if (typeof holder[name] === "function") holder[name] = watched(holder[name]);
  syncBuiltinESMExports();
`;

const service = (type: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: { service.beta.kubernetes.io/aws-load-balancer-type: nlb }
spec: { type: ${type}, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;

describe("on other systems than Linux", function () {
  // It starts processes, which takes long on a busy machine.
  this.timeout(120_000);
  let directory: string;
  before(() => (directory = mkdtempSync(join(tmpdir(), "other-systems-"))));
  after(() => rmSync(directory, { recursive: true }));

  function run(system: string, ...words: readonly string[]) {
    const first = `data:text/javascript,${encodeURIComponent(preload(system))}`;
    return spawnSync(process.execPath, ["--import", first, ...words], {
      cwd: checkout,
      encoding: "utf8",
      env: { ...process.env, CI: "true", TEMP: tmpdir() },
    });
  }
  /** As package.json starts a command. */
  const command = (system: string, file: string, ...words: readonly string[]) =>
    run(system, "--require", "./cli/node-version.cjs", "loading/run.mjs", file, ...words);

  for (const system of systems) {
    it(`the planned comparison works: ${system}`, () => {
      const { status, stdout, stderr } = command(system, "cli/preview.ts", "--stack", "eks");
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^Equivalent/m);
    });

    it(`a comparison of manifests works: ${system}`, () => {
      const files = ["NodePort", "LoadBalancer"].flatMap((type) => {
        const file = join(directory, `${type}.yaml`);
        writeFileSync(file, service(type));
        return ["--file", file];
      });
      const { status, stdout, stderr } = command(system, "cli/compare.ts", ...files);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^Equivalent/m);
    });

    it(`npm start says how to run the lab in a container: ${system}`, () => {
      const { status, stdout, stderr } = command(system, "cli/start.ts");
      assert.notEqual(status, 0);
      const said = `${stdout}${stderr}`;
      assert.match(said, new RegExp(`needs Linux, and this is ${system}`));
      assert.match(said, /^ {2}docker build .*\n {2}docker run .*--privileged/m);
    });
  }

  it("what only Linux has would be found", () => {
    const program = join(directory, "program.mjs");
    const needs = [
      'import { readFileSync } from "node:fs"; readFileSync("/proc/uptime");',
      'import { spawnSync } from "node:child_process"; spawnSync("ip", ["link"]);',
    ];
    for (const text of needs) {
      writeFileSync(program, text);
      const { status, stderr } = run("darwin", program);
      assert.notEqual(status, 0);
      assert.match(stderr, /only on Linux: (\/proc\/uptime|ip)/);
    }
  });

  it("npm runs these commands by whichever shell there is: no exec, no single quotes, no variables", () => {
    const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    for (const name of ["start", "preview", "compare", "test:unit"])
      assert.match(scripts[name] ?? "", /^(node|mocha) [^'$;]*$/, name);
  });
});
