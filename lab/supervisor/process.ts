/** A process that the supervisor keeps running: started again with back-off whenever it ends, its output in a log of its own. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the supervisor's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ProcessStatus {
  readonly name: string;
  /** The process id inside the lab; undefined while it waits for its next start. */
  readonly pid: number | undefined;
  readonly restarts: number;
  /** How it ended last: an exit code or a signal. */
  readonly lastExit: string | undefined;
}

/** Waits before the first and every further restart, in milliseconds; a run that lasted longer than `steadyAfter` starts the series anew. */
const firstDelay = 100;
const longestDelay = 5_000;
const steadyAfter = 10_000;

/** The wait before a process is started again. */
export function restartDelay(failuresInARow: number): number {
  return Math.min(firstDelay * 2 ** failuresInARow, longestDelay);
}

export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private failures = 0;
  private restarts = 0;
  private lastExit: string | undefined;
  private readonly log: number;

  constructor(
    private readonly name: string,
    private readonly command: Command,
    logFile: string,
    private readonly changed: () => void,
  ) {
    this.log = openSync(logFile, "a");
    this.start();
  }

  get status(): ProcessStatus {
    return { name: this.name, pid: this.child?.pid, restarts: this.restarts, lastExit: this.lastExit };
  }

  /** Asks the process to end, kills it after `timeout` milliseconds, and resolves when it is gone. */
  async stop(timeout: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), timeout);
    await gone;
    clearTimeout(kill);
    closeSync(this.log);
  }

  private start(): void {
    const started = performance.now();
    const { program, args, env } = this.command;
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", this.log, this.log],
    });
    this.child = child;
    // A program that can't be started emits `error` and never `exit`.
    child.once("error", (error) => {
      this.ended(error.message, started);
    });
    child.once("exit", (code, signal) => {
      this.ended(signal ?? `exit code ${String(code)}`, started);
    });
    this.changed();
  }

  private ended(how: string, started: number): void {
    this.child = undefined;
    this.lastExit = how;
    if (!this.stopping) {
      this.failures = performance.now() - started > steadyAfter ? 0 : this.failures + 1;
      const delay = restartDelay(this.failures - 1);
      writeSync(
        this.log,
        `[supervisor] ${this.name} ended (${how}); starts again in ${delay.toString()} ms\n`,
      );
      this.restarts += 1;
      this.timer = setTimeout(() => {
        this.start();
      }, delay);
    }
    this.changed();
  }
}
