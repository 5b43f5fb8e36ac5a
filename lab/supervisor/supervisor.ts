/** All processes of the lab and their common fate: started here, kept running, stopped together. */
import { join } from "node:path";
import { SupervisedProcess } from "./process.ts";
import type { Command, ProcessStatus } from "./process.ts";

/** How long a process may take to end when the lab stops, in milliseconds; those that keep state write it down as they go. */
const stopTimeout = 1_000;

export class Supervisor {
  private readonly processes = new Map<string, SupervisedProcess>();

  constructor(
    private readonly logs: string,
    private readonly changed: () => void,
  ) {}

  /** Starts a process under a name of its own; its log is `<name>.log`. */
  start(name: string, command: Command): void {
    this.processes.set(
      name,
      new SupervisedProcess(name, command, join(this.logs, `${name}.log`), this.changed),
    );
    // It was not among the statuses yet when it said itself that it had started.
    this.changed();
  }

  /** @throws if there is no process of this name, naming those there are */
  process(name: string): SupervisedProcess {
    const found = this.processes.get(name);
    if (found !== undefined) return found;
    throw new Error(`there is no process "${name}"; there are ${[...this.processes.keys()].join(", ")}`);
  }

  /** Stops processes and forgets them. Names that there are not are no mistake. */
  async remove(names: readonly string[]): Promise<void> {
    const found = names.flatMap((name) => this.processes.get(name) ?? []);
    await Promise.all(found.map((process) => process.stop(stopTimeout)));
    for (const name of names) this.processes.delete(name);
    this.changed();
  }

  get statuses(): readonly ProcessStatus[] {
    return [...this.processes.values()].map(({ status }) => status);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.stop(stopTimeout)));
  }
}
