/**
 * A testbed for the data plane: the lab's network, AWS API and data plane in their own namespaces, without a cluster.
 *
 * Everything runs in one PID namespace, whose init ends with this process, so nothing can be left behind.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { RecordWithTtl } from "node:dns";
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { createServer, connect } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { emulatorCommand, emulatorIsReady } from "../../../../../lab/clouds/aws/api/emulatorProcess.ts";
import { awsAddress, awsEndpoint } from "../../../../../lab/clouds/aws/layout.ts";
import { linkPlan } from "../../../../../lab/network/links.ts";
import { ownProgram } from "../../../../../lab/program.ts";
import { eventually } from "../../../eventually.ts";
import { answerTimeoutMs } from "./client.ts";
import type { Answer, Goal, KeepOptions, TlsGoal } from "./client.ts";
import type { Identity } from "./server.ts";
import type { Order } from "./endpoint.ts";

const checkout = join(import.meta.dirname, "../../../../..");

export class Testbed {
  readonly directory = mkdtempSync(join(tmpdir(), "nlb-testbed-"));
  /** The AWS API's URL on the host. */
  endpoint = "";
  stopped = false;
  readonly #init: ChildProcess;
  readonly #server: Server;
  readonly #hosts = new Map<string, Host>();
  #pid = 0;

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

  /** Resolves once the lab's network exists. */
  async startNetwork(): Promise<void> {
    await new Promise((resolve) => this.#init.stdout?.once("data", resolve));
    const outer = (this.#init.pid ?? 0).toString();
    this.#pid = Number(readFileSync(`/proc/${outer}/task/${outer}/children`, "utf8").trim());
    await this.finish(this.inside(ownProgram(checkout, "test/live/clouds/aws/balancer/network.ts")));
  }

  /** Resolves with the AWS API's process, once everything but the data plane runs. */
  async start(python: string): Promise<ChildProcess> {
    await this.startNetwork();
    this.inside(
      ownProgram(checkout, "test/live/clouds/aws/balancer/relay.ts", [
        join(this.directory, "api.sock"),
        awsAddress.port.toString(),
      ]),
    );
    const api = this.startApi(python);
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.endpoint = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port.toString()}`;
    await eventually("the AWS API answers", () => emulatorIsReady(this.endpoint), 60_000);
    return api;
  }

  /** The PID namespace of all processes inside. */
  pidNamespace(): string {
    return readlinkSync(`/proc/${this.#pid.toString()}/ns/pid`);
  }

  startApi(python: string): ChildProcess {
    return this.inside(
      emulatorCommand({
        python,
        stateDirectory: this.directory,
        host: "127.0.0.1",
        port: awsAddress.port,
        timeScale: 60,
      }),
    );
  }

  /** Starts the data plane; lines of its log go to `log`. */
  startDataPlane(log: string[], ...flags: string[]): ChildProcess {
    const args = ["--endpoint", awsEndpoint, "--state", join(this.directory, "nlb.json"), ...flags];
    const child = this.inside(ownProgram(checkout, "lab/clouds/aws/balancer/main.ts", args), "pipe");
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream as NodeJS.ReadableStream }).on("line", (line) => log.push(line));
    }
    return child;
  }

  /** Resolves once the VPC's resolver answers. */
  async startResolver(): Promise<void> {
    const program = ownProgram(checkout, "lab/dns/main.ts", ["--state", this.directory]);
    const { stdout } = this.inside(program, "pipe");
    await new Promise((resolve) => stdout?.once("data", resolve));
  }

  /** A host of the lab's network: `client`, outside the VPC, or a node by its name. */
  host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const endpoint = ownProgram(checkout, "test/live/clouds/aws/balancer/endpoint.ts", [name]);
    const inNetwork = { program: "ip", args: ["netns", "exec", name, endpoint.program, ...endpoint.args] };
    const host = new Host(this.inside({ ...endpoint, ...inNetwork }, "pipe"));
    this.#hosts.set(name, host);
    return host;
  }

  /** Cuts a node's link. */
  async cutOff(name: string): Promise<void> {
    await this.output("ip", "link", "set", name, "down");
  }

  /** Restores the link and its routes. */
  async reconnect(name: string): Promise<void> {
    const routes = linkPlan().router.filter(
      (line) => line.startsWith("route") && line.includes(` dev ${name} `),
    );
    for (const line of [`link set ${name} up`, ...routes]) await this.output("ip", ...line.split(" "));
  }

  /** Runs a command inside. @returns what it prints */
  output(program: string, ...args: string[]): Promise<string> {
    return this.#output({ program, args });
  }

  /** Runs a program of the checkout inside. @returns what it prints */
  run(program: string, ...args: string[]): Promise<string> {
    return this.#output(ownProgram(checkout, program, args));
  }

  async #output(command: Command): Promise<string> {
    const child = this.inside(command, "pipe");
    child.stderr?.pipe(process.stderr);
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

  /** Ends a process inside. The known child `nsenter` is only its parent. */
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

/** One host, and the process on it that does what a test asks. */
export class Host {
  readonly #process: ChildProcess;
  readonly #waiting: ((line: string) => void)[] = [];

  constructor(process: ChildProcess) {
    this.#process = process;
    createInterface({ input: process.stdout as NodeJS.ReadableStream }).on("line", (line) =>
      this.#waiting.shift()?.(line),
    );
  }

  /** Sends requests, each over a new flow. */
  async ask(
    protocol: Goal["protocol"],
    address: string,
    port: number,
    count: number,
    timeoutMs = answerTimeoutMs,
  ): Promise<Answer[]> {
    return (await this.#tell({ ask: { protocol, address, port }, count, timeoutMs })) as Answer[];
  }

  /** Sends one request by TLS. */
  async askByTls(
    address: string,
    port: number,
    tls: TlsGoal = {},
    timeoutMs = answerTimeoutMs,
  ): Promise<Answer> {
    const goal: Goal = { protocol: "tcp", address, port, tls };
    const [answer] = (await this.#tell({ ask: goal, count: 1, timeoutMs })) as Answer[];
    return answer ?? {};
  }

  /** Sends a request from a given port, over a new TCP connection. */
  async askFrom(
    localPort: number,
    address: string,
    port: number,
    timeoutMs = answerTimeoutMs,
  ): Promise<Answer[]> {
    const goal: Goal = { protocol: "tcp", address, port, localPort };
    return (await this.#tell({ ask: goal, count: 1, timeoutMs })) as Answer[];
  }

  /** Opens flows that stay open until the next call. */
  async keep(
    protocol: Goal["protocol"],
    address: string,
    port: number,
    options: KeepOptions = {},
  ): Promise<Answer[]> {
    return (await this.#tell({ keep: { protocol, address, port }, options })) as Answer[];
  }

  /** Sends one more request over each open flow. */
  async again(timeoutMs = answerTimeoutMs): Promise<Answer[]> {
    return (await this.#tell({ again: timeoutMs })) as Answer[];
  }

  /** Looks a name up at the VPC's resolver. */
  async resolve(name: string): Promise<RecordWithTtl[]> {
    return (await this.#tell({ resolve: name })) as RecordWithTtl[];
  }

  /** Serves TCP, HTTP and UDP on a port. */
  async listen(port: number, identity?: Identity): Promise<void> {
    await this.#tell({ listen: port, ...(identity === undefined ? {} : { identity }) });
  }

  /** Ends a server and its connections, or all servers if no port is given. */
  async close(port?: number): Promise<void> {
    await this.#tell(port === undefined ? { closeAll: true } : { close: port });
  }

  #tell(order: Order): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push((line) => {
        const { done, failed } = JSON.parse(line) as { done?: unknown; failed?: string };
        if (failed === undefined) resolve(done);
        else reject(new Error(failed));
      });
      this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
    });
  }
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}
