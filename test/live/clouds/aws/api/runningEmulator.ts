/** The emulated AWS API on a free loopback port, with its own state, for a test to call. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorCommand, emulatorIsReady } from "../../../../../lab/clouds/aws/api/emulatorProcess.ts";
import { region } from "../../../../../lab/clouds/aws/layout.ts";
import { chosenPorts } from "../../../ports.ts";

export class RunningEmulator {
  readonly endpoint: string;
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  log = "";
  private child: ChildProcess | undefined;

  private readonly python: string;
  private readonly stateDirectory: string;
  private readonly port: number;

  private constructor(python: string, stateDirectory: string, port: number) {
    this.python = python;
    this.stateDirectory = stateDirectory;
    this.port = port;

    this.endpoint = `http://127.0.0.1:${port.toString()}`;
    const settings = {
      endpoint: this.endpoint,
      region,
      maxAttempts: 1,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    this.autoScaling = new AutoScalingClient(settings);
    this.ec2 = new EC2Client(settings);
    this.elb = new ElasticLoadBalancingV2Client(settings);
  }

  static async start(
    python: string,
    stateDirectory = mkdtempSync(join(tmpdir(), "emulator-test-")),
  ): Promise<RunningEmulator> {
    const [port = 0] = await chosenPorts(1);
    const emulator = new RunningEmulator(python, stateDirectory, port);
    await emulator.run();
    return emulator;
  }

  /** Kills the process and starts it again with the same state. */
  async killAndRestart(): Promise<void> {
    await this.end("SIGKILL");
    await this.run();
  }

  async stop(): Promise<void> {
    this.autoScaling.destroy();
    this.ec2.destroy();
    this.elb.destroy();
    await this.end("SIGTERM");
    rmSync(this.stateDirectory, { recursive: true });
  }

  /** Ends the process at once, for a test process that ends. */
  abandon(): void {
    this.child?.kill("SIGKILL");
    rmSync(this.stateDirectory, { recursive: true, force: true });
  }

  /** Reports through the side channel, like the data plane. */
  async report(what: "load-balancers" | "target-health", reports: readonly object[]): Promise<Response> {
    return fetch(`${this.endpoint}/lab/${what}`, { method: "PUT", body: JSON.stringify(reports) });
  }

  /** A call in the query protocol that no SDK of the project makes. */
  async query(service: string, parameters: Readonly<Record<string, string>>): Promise<Response> {
    const scope = `test/20260101/${region}/${service}/aws4_request`;
    const headers = {
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    };
    return fetch(this.endpoint, { method: "POST", headers, body: new URLSearchParams(parameters) });
  }

  /** Resolves once the log holds `text`. */
  async logged(text: string): Promise<void> {
    while (!this.log.includes(text)) await setTimeout(20);
  }

  private async run(): Promise<void> {
    const { python, stateDirectory, port } = this;
    const { program, args, env } = emulatorCommand({
      python,
      stateDirectory,
      host: "127.0.0.1",
      port,
      timeScale,
    });
    const child = spawn(program, args, {
      // The user's AWS settings must not matter, not even a profile that does not exist.
      env: { ...process.env, AWS_PROFILE: "absent", ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.child = child;
    // The shared API must not keep the test process running.
    child.unref();
    if (child.stderr instanceof Socket) child.stderr.unref();
    child.stderr.on("data", (chunk: Buffer) => (this.log += chunk.toString()));
    while (!(await emulatorIsReady(this.endpoint))) {
      if (child.exitCode !== null)
        throw new Error(`the emulator ended with exit code ${child.exitCode.toString()}:\n${this.log}`);
      await setTimeout(20);
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
    this.child = undefined;
  }
}

/** A deregistration delay of 300 s takes 0.3 s. */
export const timeScale = 1000;
