/**
 * A test bed for the load balancers' data plane: the lab's network, AWS API and data plane in namespaces of their own, without a cluster.
 *
 * Everything is in one PID namespace whose init ends when this process does, so nothing can be left behind.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { createServer, connect } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { emulatorCommand, emulatorIsReady } from "../../../lab/aws/emulatorProcess.ts";
import { awsEndpoint, awsPort } from "../../../lab/layout.ts";
import { ownProgram } from "../../../lab/program.ts";

const checkout = join(import.meta.dirname, "../../..");

export interface Answer {
  /** Which node answered; undefined if none did. */
  readonly node?: string;
  /** The client's address as the node saw it. */
  readonly from?: string;
  readonly error?: string;
}

export class Bed {
  readonly directory = mkdtempSync(join(tmpdir(), "nlb-bed-"));
  /** The AWS API's URL on the host. */
  endpoint = "";
  stopped = false;
  readonly #init: ChildProcess;
  readonly #server: Server;
  #pid = 0;
  #client: ChildProcess | undefined;
  #lines: ((line: string) => void)[] = [];

  constructor() {
    const hold = "mount -t tmpfs none /run && echo ready && exec cat";
    this.#init = spawn(
      "unshare",
      ["-Urnm", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", hold],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    this.#server = createServer((socket) => {
      const inside = connect(join(this.directory, "api.sock"));
      socket.pipe(inside).pipe(socket);
      socket.on("error", () => inside.destroy());
      inside.on("error", () => socket.destroy());
    });
  }

  /** Resolves with the AWS API's process, once all is there but the data plane. */
  async start(python: string): Promise<ChildProcess> {
    await new Promise((resolve) => this.#init.stdout?.once("data", resolve));
    const outer = (this.#init.pid ?? 0).toString();
    this.#pid = Number(readFileSync(`/proc/${outer}/task/${outer}/children`, "utf8").trim());
    await this.finish(this.inside(ownProgram(checkout, "test/live/nlb/network.ts")));
    this.inside(
      ownProgram(checkout, "test/live/nlb/relay.ts", [join(this.directory, "api.sock"), awsPort.toString()]),
    );
    const api = this.startApi(python);
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.endpoint = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port.toString()}`;
    await eventually("the AWS API answers", () => emulatorIsReady(this.endpoint), 20_000);
    this.#client = this.inNetwork("client", ownProgram(checkout, "test/live/nlb/client.ts"), "pipe");
    createInterface({ input: this.#client.stdout as NodeJS.ReadableStream }).on("line", (line) =>
      this.#lines.shift()?.(line),
    );
    return api;
  }

  /** The namespace that all processes inside are in. */
  pidNamespace(): string {
    return readlinkSync(`/proc/${this.#pid.toString()}/ns/pid`);
  }

  startApi(python: string): ChildProcess {
    return this.inside(
      emulatorCommand({
        python,
        stateDirectory: this.directory,
        host: "127.0.0.1",
        port: awsPort,
        timeScale: 60,
      }),
    );
  }

  /** Starts the data plane; lines of its log go to `log`. */
  startDataPlane(log: string[], ...flags: string[]): ChildProcess {
    const args = ["--endpoint", awsEndpoint, "--state", join(this.directory, "nlb.json"), ...flags];
    const child = this.inside(ownProgram(checkout, "lab/nlb/main.ts", args), "pipe");
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream as NodeJS.ReadableStream }).on("line", (line) => log.push(line));
    }
    return child;
  }

  /** Starts a server on a node that answers TCP, HTTP and UDP on a port with the node's name and the client's address. */
  startNode(name: string, port: number): ChildProcess {
    return this.inNetwork(name, ownProgram(checkout, "test/live/nlb/echo.ts", [name, port.toString()]));
  }

  /** Sends requests from the client outside the VPC, a new flow each. */
  async ask(
    protocol: "tcp" | "udp",
    address: string,
    port: number,
    count: number,
    timeoutMs = 1000,
  ): Promise<Answer[]> {
    return JSON.parse(await this.tell({ ask: { protocol, address, port, count, timeoutMs } })) as Answer[];
  }

  /** One line to the client process, one line back. */
  tell(message: unknown): Promise<string> {
    return new Promise((resolve) => {
      this.#lines.push(resolve);
      this.#client?.stdin?.write(`${JSON.stringify(message)}\n`);
    });
  }

  /** What a command inside prints. */
  async output(program: string, ...args: string[]): Promise<string> {
    const child = this.inside({ program, args }, "pipe");
    let text = "";
    child.stdout?.on("data", (data: Buffer) => (text += data.toString()));
    await this.finish(child);
    return text;
  }

  stop(): void {
    this.stopped = true;
    this.#server.close();
    this.#init.kill("SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
  }

  inNetwork(name: string, command: Command, stdio: "ignore" | "pipe" = "ignore"): ChildProcess {
    return this.inside(
      { ...command, program: "ip", args: ["netns", "exec", name, command.program, ...command.args] },
      stdio,
    );
  }

  inside({ program, args, env }: Command, stdio: "ignore" | "pipe" = "ignore"): ChildProcess {
    const enter = [
      "-t",
      this.#pid.toString(),
      "-U",
      "-n",
      "-m",
      "-p",
      "--preserve-credentials",
      `--wd=${checkout}`,
      program,
    ];
    return spawn("nsenter", [...enter, ...args], {
      stdio,
      env: { ...process.env, ...env },
    });
  }

  /** Ends a process inside; `nsenter`, which this process knows, is only its parent. */
  async end(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const ended = new Promise((resolve) => child.once("close", resolve));
    const parent = (child.pid ?? 0).toString();
    process.kill(Number(readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim()), signal);
    await ended;
  }

  finish(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      child.on("close", (code) => {
        if (code === 0) resolve();
        else reject(new Error(`${child.spawnargs.join(" ")} ended with ${String(code)}`));
      });
    });
  }
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Waits until it is so; the error says what was not. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs.toString()} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
