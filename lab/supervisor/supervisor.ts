/** All processes of the lab: starts them, keeps them running, and stops them together. */
import { join } from "node:path";
import { SupervisedProcess } from "./process.ts";
import type { Command, ProcessStatus } from "./process.ts";

/** How long a process may take to end when the lab stops. Those that keep state write it as they go. */
const stopTimeoutMs = 1_000;

export class Supervisor {
  readonly #processes = new Map<string, SupervisedProcess>();

  readonly #logs: string;
  readonly #changed: () => void;

  constructor(logs: string, changed: () => void) {
    this.#logs = logs;
    this.#changed = changed;
  }

  /** Starts a process under a unique name; its log is `<name>.log`. */
  start(name: string, command: Command): void {
    this.#processes.set(
      name,
      new SupervisedProcess(name, command, join(this.#logs, `${name}.log`), this.#changed),
    );
    // It was not among the statuses yet when it reported its start itself.
    this.#changed();
  }

  /** @throws if there is no process of this name, naming the existing ones */
  process(name: string): SupervisedProcess {
    const found = this.#processes.get(name);
    if (found !== undefined) return found;
    throw new Error(`there is no process "${name}"; there are ${[...this.#processes.keys()].join(", ")}`);
  }

  /** Stops processes and forgets them. Unknown names are ignored. */
  async remove(names: readonly string[]): Promise<void> {
    const found = names.flatMap((name) => this.#processes.get(name) ?? []);
    await Promise.all(found.map((process) => process.stop(stopTimeoutMs)));
    for (const name of names) this.#processes.delete(name);
    this.#changed();
  }

  get statuses(): readonly ProcessStatus[] {
    return [...this.#processes.values()].map(({ status }) => status);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process.stop(stopTimeoutMs)));
  }
}
