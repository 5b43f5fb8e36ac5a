/** The proxy: an Envoy that runs while a listener needs it, and ends with this process. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeWhole } from "../../../../files.ts";
import type { Clocks } from "../clocks.ts";
import type { Model } from "../model.ts";
import { bootstrap, nameOf, proxyListeners, resources } from "./configuration.ts";
import type { ProxyFiles, ProxyListener } from "./configuration.ts";

interface ProxyParts {
  /** Envoy's executable. */
  readonly program: string;
  /** For its files, which hold private keys. */
  readonly directory: string;
  readonly clocks: Clocks;
  readonly log: (line: string) => void;
}

const restartMs = 200;
const patienceMs = 10_000;
const pauseMs = 20;

export class Proxy {
  readonly #parts: ProxyParts;
  readonly #files: ProxyFiles;
  #process: ChildProcess | undefined;
  #written: Partial<ProxyFiles> = {};
  #listening: ReadonlySet<string> = new Set();
  #isStopping = false;

  constructor(parts: ProxyParts) {
    this.#parts = parts;
    this.#files = {
      clusters: join(parts.directory, "clusters.json"),
      listeners: join(parts.directory, "listeners.json"),
    };
  }

  /** Resolves when the model's listeners accept connections, or after some seconds. */
  async serve(model: Model): Promise<void> {
    const wanted = proxyListeners(model);
    if (wanted.length === 0 && this.#process === undefined) return;
    this.#write(wanted);
    this.#process ??= this.#start();
    const names = new Set(wanted.map(nameOf));
    const added = wanted.filter((each) => !this.#listening.has(nameOf(each)));
    this.#listening = new Set([...this.#listening].filter((name) => names.has(name)));
    const late = (await Promise.all(added.map(accepts))).filter((name) => name !== undefined);
    if (late.length > 0) this.#parts.log(`proxy: accepts no connections yet at ${late.join(", ")}`);
    this.#listening = names;
  }

  stop(): void {
    this.#isStopping = true;
    this.#process?.kill("SIGKILL");
  }

  /** Clusters first: a listener without its cluster ends its connections. */
  #write(wanted: readonly ProxyListener[]): void {
    const contents = resources(wanted, this.#parts.clocks);
    mkdirSync(this.#parts.directory, { recursive: true, mode: 0o700 });
    for (const name of ["clusters", "listeners"] as const) {
      if (this.#written[name] === contents[name]) continue;
      writeWhole(this.#files[name], contents[name], 0o600);
      this.#written = { ...this.#written, [name]: contents[name] };
    }
  }

  #start(): ChildProcess {
    const { program, directory, log } = this.#parts;
    const file = join(directory, "envoy.json");
    writeWhole(file, JSON.stringify(bootstrap(this.#files)));
    // It ends when this process ends, however that happens. One thread is enough for a lab.
    const child = spawn(
      "setpriv",
      [
        ...["--pdeathsig", "SIGKILL", program],
        ...["-c", file, "--disable-hot-restart", "--concurrency", "1"],
        // Connections outlive a change of their listener.
        ...["--drain-time-s", "86400", "--log-level", "error"],
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    log("proxy: started");
    createInterface({ input: child.stderr }).on("line", (line) => {
      log(`proxy: ${line}`);
    });
    child.on("error", (error) => {
      log(`proxy: cannot be started: ${error.message}`);
    });
    child.on("close", (code, signal) => {
      if (this.#isStopping) return;
      log(`proxy: ended with ${signal ?? String(code)}`);
      setTimeout(() => {
        if (!this.#isStopping) this.#process = this.#start();
      }, restartMs);
    });
    return child;
  }
}

/** @returns the name if it does not in time */
async function accepts(listener: ProxyListener): Promise<string | undefined> {
  const end = performance.now() + patienceMs;
  while (!(await connects(listener.entrance, listener.port))) {
    if (performance.now() > end) return nameOf(listener);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return undefined;
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
