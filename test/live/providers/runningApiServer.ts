/** A real etcd and kube-apiserver on free loopback ports, and the garbage collector, without which deletions never finish. */
import { spawn, type ChildProcess } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { chosenPorts } from "../ports.ts";

const token = "test";

export class RunningApiServer {
  private readonly children: ChildProcess[] = [];
  private log = "";

  private readonly directory: string;
  private readonly port: number;

  private constructor(directory: string, port: number) {
    this.directory = directory;
    this.port = port;
  }

  /** @param bin where the lab's tools are. */
  static async start(bin: string): Promise<RunningApiServer> {
    const directory = mkdtempSync(path.join(tmpdir(), "api-server-test-"));
    const [etcd = 0, peers = 0, port = 0] = await chosenPorts(3);
    const server = new RunningApiServer(directory, port);
    const file = (name: string) => path.join(directory, name);
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    writeFileSync(file("accounts.key"), privateKey);
    writeFileSync(file("accounts.pub"), publicKey);
    writeFileSync(file("tokens.csv"), `${token},admin,1,"system:masters"\n`);
    const etcdUrl = `http://127.0.0.1:${etcd.toString()}`;
    server.run(path.join(bin, "etcd"), [
      `--data-dir=${file("etcd")}`,
      `--listen-client-urls=${etcdUrl}`,
      `--advertise-client-urls=${etcdUrl}`,
      `--listen-peer-urls=http://127.0.0.1:${peers.toString()}`,
      "--log-level=error",
    ]);
    server.run(path.join(bin, "kube-apiserver"), [
      `--etcd-servers=${etcdUrl}`,
      `--secure-port=${port.toString()}`,
      "--bind-address=127.0.0.1",
      `--cert-dir=${file("certificates")}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${file("accounts.pub")}`,
      `--service-account-signing-key-file=${file("accounts.key")}`,
      "--service-cluster-ip-range=172.20.0.0/16",
      `--token-auth-file=${file("tokens.csv")}`,
      // No controller creates the service accounts that this admission plug-in waits for.
      "--disable-admission-plugins=ServiceAccount",
    ]);
    await server.ready();
    writeFileSync(file("kubeconfig"), server.kubeconfig);
    server.run(path.join(bin, "kube-controller-manager"), [
      `--kubeconfig=${file("kubeconfig")}`,
      "--controllers=garbage-collector-controller",
      "--leader-elect=false",
      "--secure-port=0",
    ]);
    return server;
  }

  /** The kubeconfig's content. */
  get kubeconfig(): string {
    const server = `https://127.0.0.1:${this.port.toString()}`;
    return JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        { name: "c", cluster: { server, "certificate-authority-data": this.certificate.toString("base64") } },
      ],
      users: [{ name: "u", user: { token } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      "current-context": "c",
    });
  }

  /** A call as another client: a merge patch, or any other request. */
  async call(method: string, target: string, body?: unknown): Promise<Record<string, unknown>> {
    const text = body === undefined ? "" : JSON.stringify(body);
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    return new Promise((resolve, reject) => {
      const request = https.request(
        { host: "127.0.0.1", port: this.port, path: target, method, ca: this.certificate },
        (response) => {
          let answer = "";
          response.on("data", (chunk: Buffer) => (answer += chunk.toString()));
          response.on("end", () => {
            if ((response.statusCode ?? 500) < 400) resolve(JSON.parse(answer) as Record<string, unknown>);
            else reject(new Error(answer));
          });
        },
      );
      request.on("error", reject);
      request.setHeader("Authorization", `Bearer ${token}`);
      request.setHeader("Content-Type", type);
      request.setHeader("Content-Length", Buffer.byteLength(text));
      request.end(text);
    });
  }

  async stop(): Promise<void> {
    for (const child of this.children.reverse()) {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
    rmSync(this.directory, { recursive: true });
  }

  private get certificate(): Buffer {
    return readFileSync(path.join(this.directory, "certificates", "apiserver.crt"));
  }

  private run(program: string, args: string[]): void {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (chunk: Buffer) => (this.log += chunk.toString()));
    this.children.push(child);
  }

  /** Resolves once the namespace `default` exists, which the server creates last. */
  private async ready(): Promise<void> {
    for (;;) {
      if (this.children.some(({ exitCode }) => exitCode !== null)) throw new Error(this.log);
      try {
        await this.call("GET", "/api/v1/namespaces/default");
        return;
      } catch {
        await setTimeout(100);
      }
    }
  }
}
