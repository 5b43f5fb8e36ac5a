/**
 * A copy of the project with its own lab: other ports, and state in a temporary directory. A lab that runs in the checkout is not touched.
 */
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseDocument } from "yaml";
import { endOrphans } from "../../cli/strays.ts";
import type { Comparison } from "../../comparison/result/comparison.ts";
import { readLabSettings } from "../../lab/settings.ts";
import type { LabSettings } from "../../lab/settings.ts";
import { atEnd } from "./atEnd.ts";
import { chosenPorts } from "./ports.ts";

const original = resolve(import.meta.dirname, "../..");

/** Everything that the program and the lab consist of. */
const sources = [
  "cli",
  "comparison",
  "components",
  "lab",
  "loading",
  "config.ts",
  "index.ts",
  "outputs.ts",
  "program",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.openstack.yaml",
];
const leftOut = new Set(["node_modules", "dist", "__pycache__"]);

/** How a command ended. */
export interface Ended {
  /** Its exit code, or 128 plus the signal's number if a signal ended it, as in a shell. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The arguments of Node for a command of the project, as in package.json. */
const words = (command: string, ...args: readonly string[]): string[] => [
  "loading/run.mjs",
  join("cli", `${command}.ts`),
  ...args,
];

export class Project {
  readonly #running = new Set<ChildProcess>();

  // A stopped test run leaves no lab.
  readonly #cancel = atEnd(() => this.abandon());

  readonly directory: string;
  /** Variables of its commands, besides those of this process. */
  environment: Readonly<Record<string, string>> = {};

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Makes a copy whose lab uses free ports. */
  static async make(): Promise<Project> {
    const project = new Project(mkdtempSync(join(tmpdir(), "lab-test-")));
    // Readable like a checkout: if root starts the lab, it runs as another user.
    chmodSync(project.directory, 0o755);
    for (const source of sources) {
      cpSync(join(original, source), join(project.directory, source), {
        recursive: true,
        filter: (path) => !leftOut.has(basename(path)),
      });
    }
    symlinkSync(join(original, "node_modules"), join(project.directory, "node_modules"));
    const [kubernetes, aws, nodePort, loadBalancer] = await chosenPorts(4);
    const endpoint = `http://127.0.0.1:${String(aws)}`;
    project.configure("lab:ports", { kubernetes, nodePort, loadBalancer });
    project.configure("aws:endpoints", [
      {
        ec2: endpoint,
        elbv2: endpoint,
        autoscaling: endpoint,
        route53: endpoint,
        cloudwatch: endpoint,
        s3: endpoint,
        sts: endpoint,
      },
    ]);
    return project;
  }

  get settings(): LabSettings {
    return readLabSettings(this.directory);
  }

  /** Sets a key of the stack's configuration, or removes it. */
  configure(key: string, value: unknown, stack = "dev"): void {
    const file = join(this.directory, `Pulumi.${stack}.yaml`);
    const document = parseDocument(readFileSync(file, "utf8"));
    if (value === undefined) document.deleteIn(["config", key]);
    else document.setIn(["config", key], value);
    writeFileSync(file, document.toString());
  }

  /** Loads a module of the copy into this process. */
  async import<Module>(module: string): Promise<Module> {
    const file = (name: string): string => join(this.directory, name);
    const { importable } = (await import(pathToFileURL(file("loading/load.mjs")).href)) as {
      importable: (file: string) => string;
    };
    return (await import(importable(file(module)))) as Module;
  }

  /** Starts a command of the project, without a terminal. */
  start(command: string, ...args: readonly string[]): Running {
    const child = spawn(process.execPath, words(command, ...args), {
      cwd: this.directory,
      env: { ...process.env, ...this.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
    const ended = closed.then(([code, signal]) => ({
      status: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
      stdout,
      stderr,
    }));
    return { child, ended };
  }

  /** Runs a command of the project to its end. */
  run(command: string, ...args: readonly string[]): Promise<Ended> {
    return this.start(command, ...args).ended;
  }

  /** Runs a command that must succeed. @returns what it printed */
  async succeed(command: string, ...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(command, ...args);
    if (status !== 0)
      throw new Error(`${[command, ...args].join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** An output of the stack. */
  async output<Value>(name: string): Promise<Value> {
    return JSON.parse(await this.succeed("pulumi", "stack", "output", name, "--json")) as Value;
  }

  /** Compares two Services, each NAMESPACE/NAME, as they are in the lab. Whatever the verdict is, there must be one. */
  async compared(services: readonly string[], options: readonly string[] = []): Promise<Comparison> {
    const { stdout, stderr } = await this.run(
      "compare",
      ...services.flatMap((service) => ["--service", service]),
      ...["--json", "--kubeconfig", this.settings.kubeconfig],
      ...options,
    );
    if (!stdout.startsWith("{")) throw new Error(`compare printed no comparison\n${stdout}\n${stderr}`);
    return JSON.parse(stdout) as Comparison;
  }

  /** Stops the lab and removes the copy. */
  async remove(): Promise<void> {
    await this.run("lab", "down");
    this.#forget();
  }

  /** The same at any moment, for a test process that ends. */
  abandon(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    spawnSync(process.execPath, words("lab", "down"), { cwd: this.directory });
    this.#forget();
  }

  #forget(): void {
    endOrphans(`file://${this.directory}`);
    // Killed processes may not have closed their files yet.
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    this.#cancel();
  }
}
