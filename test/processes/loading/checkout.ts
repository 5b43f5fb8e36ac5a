/** A checkout with the project's loader, and modules of its own. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const project = resolve(import.meta.dirname, "../../..");

interface Written {
  readonly stdout: string;
  readonly stderr: string;
}

export class Checkout {
  readonly directory = mkdtempSync(join(tmpdir(), "loading-"));
  #imports = 0;

  constructor() {
    cpSync(join(project, "loading"), join(this.directory, "loading"), { recursive: true });
    this.write("package-lock.json", "{}");
    this.write("package.json", '{ "type": "module" }');
    this.link("@swc/wasm-typescript", "es-module-lexer", "tsx");
  }

  /** Installs libraries of the project. */
  link(...libraries: readonly string[]): void {
    for (const library of libraries) {
      const link = join(this.directory, "node_modules", library);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(project, "node_modules", library), link);
    }
  }

  write(file: string, content: string): void {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  remove(file = ""): void {
    rmSync(join(this.directory, file), { recursive: true });
  }

  /** Runs a module of the checkout. @returns what it wrote */
  run(module: string): Promise<Written> {
    return this.#node("loading/run.mjs", module);
  }

  /** The same of a module in JavaScript, which needs no loader. */
  runScript(module: string): Promise<Written> {
    return this.#node(module);
  }

  /** Imports a module in JavaScript here, which takes less than a process. It is a new instance each time. */
  load(module: string): Promise<unknown> {
    const { href } = pathToFileURL(join(this.directory, module));
    return import(`${href}?${this.#imports++}`);
  }

  async #node(...args: readonly string[]): Promise<Written> {
    const child = spawn(process.execPath, args, { cwd: this.directory, stdio: ["ignore", "pipe", "pipe"] });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { stdout, stderr };
  }
}
