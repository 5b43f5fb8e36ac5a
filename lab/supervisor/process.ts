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
  /** The process id inside the lab; undefined while it is held, or waits for its next start. */
  readonly pid: number | undefined;
  /** Ended on purpose, until it is released. */
  readonly held: boolean;
  /** When it was started, or ended if it does not run: by the machine's clock, in ISO 8601. */
  readonly since: string;
  /** How long after its end it is started again, in milliseconds; undefined unless it waits for that. */
  readonly backOff: number | undefined;
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
  private stopped: Promise<void> | undefined;
  private held = false;
  private since = new Date();
  private backOff: number | undefined;
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
    const { name, child, held, since, backOff, restarts, lastExit } = this;
    return { name, pid: child?.pid, held, since: since.toISOString(), backOff, restarts, lastExit };
  }

  /** Kills the process without a word; it is started again as always. Resolves when it is gone, with false if it was not running. */
  async kill(): Promise<boolean> {
    const { child } = this;
    if (child === undefined) return false;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    return true;
  }

  /** Kills the process and keeps it ended until `release`. Resolves when it is gone. */
  async hold(): Promise<void> {
    this.held = true;
    this.cancelRestart();
    if (!(await this.kill())) this.changed();
  }

  /** Starts what is held, at once. */
  release(): void {
    if (!this.held || this.stopped !== undefined) return;
    this.held = false;
    this.failures = 0;
    if (this.child === undefined) this.start();
  }

  /** Asks the process to end, kills it after `timeout` milliseconds, and resolves when it is gone. */
  stop(timeout: number): Promise<void> {
    this.stopped ??= this.end(timeout);
    return this.stopped;
  }

  private async end(timeout: number): Promise<void> {
    this.cancelRestart();
    const { child } = this;
    if (child !== undefined) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), timeout);
      await gone;
      clearTimeout(kill);
    }
    closeSync(this.log);
  }

  private cancelRestart(): void {
    clearTimeout(this.timer);
    this.backOff = undefined;
  }

  private start(): void {
    this.since = new Date();
    this.backOff = undefined;
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
    this.since = new Date();
    if (this.held) this.note(`ended (${how}) and is held`);
    else if (this.stopped === undefined) {
      this.failures = performance.now() - started > steadyAfter ? 0 : this.failures + 1;
      const delay = restartDelay(this.failures - 1);
      this.note(`ended (${how}); starts again in ${delay.toString()} ms`);
      this.restarts += 1;
      this.backOff = delay;
      this.timer = setTimeout(() => {
        this.start();
      }, delay);
    }
    this.changed();
  }

  private note(line: string): void {
    try {
      writeSync(this.log, `[supervisor] ${this.name} ${line}\n`);
    } catch {
      // A full disk is no reason to end: what is started again may free it, or find it freed.
    }
  }
}
