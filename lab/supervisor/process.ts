/** A process that the supervisor keeps running: it starts again with back-off whenever it ends, and has its own log. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

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
  /** Whether it was ended on purpose, until it is released. */
  readonly held: boolean;
  /** When it started, or ended if it is not running: by the machine's clock, in ISO 8601. */
  readonly since: string;
  /** The milliseconds between its end and its next start; undefined unless it waits for that. */
  readonly backOff: number | undefined;
  readonly restarts: number;
  /** How it last ended: an exit code or a signal. */
  readonly lastExit: string | undefined;
}

/** The delay before the first restart; it doubles with every further one. */
const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** After a run of this length the next delay is the first again. */
const steadyMs = 10_000;
/** After so many ends in a row, waiting for a process makes no sense. */
const hopelessFailures = 5;
const ownNote = "[supervisor] ";

/** The milliseconds before a process starts again. */
export function restartDelay(failuresInARow: number): number {
  return Math.min(firstDelayMs * 2 ** failuresInARow, longestDelayMs);
}

export class SupervisedProcess {
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;
  #held = false;
  #since = new Date();
  #backOff: number | undefined;
  #failures = 0;
  #restarts = 0;
  #lastExit: string | undefined;
  readonly #log: number;

  readonly #logFile: string;
  readonly #name: string;
  readonly #command: Command;
  readonly #changed: () => void;

  constructor(name: string, command: Command, logFile: string, changed: () => void) {
    this.#name = name;
    this.#command = command;
    this.#changed = changed;
    this.#logFile = logFile;
    this.#log = openSync(logFile, "a");
    this.#start();
  }

  get status(): ProcessStatus {
    return {
      name: this.#name,
      pid: this.#child?.pid,
      held: this.#held,
      since: this.#since.toISOString(),
      backOff: this.#backOff,
      restarts: this.#restarts,
      lastExit: this.#lastExit,
    };
  }

  /** @throws if the process has ended soon after each of its last starts, with the last line of its log */
  throwIfFailing(): void {
    if (this.#failures < hopelessFailures) return;
    const lines = readFileSync(this.#logFile, "utf8").trimEnd().split("\n");
    const last = lines.findLast((line) => !line.startsWith(ownNote)) ?? "its log is empty";
    throw new Error(
      `${this.#name} ended ${this.#failures} times in a row (${this.#lastExit ?? ""}): ${last}`,
    );
  }

  /** Kills the process, which then starts again as after any end. Resolves when it is gone. @returns false if it was not running */
  async kill(): Promise<boolean> {
    const child = this.#child;
    if (child === undefined) return false;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    return true;
  }

  /** Kills the process and keeps it ended until `release`. Resolves when it is gone. */
  async hold(): Promise<void> {
    this.#held = true;
    this.#cancelRestart();
    if (!(await this.kill())) this.#changed();
  }

  /** Starts a held process at once. */
  release(): void {
    if (!this.#held || this.#stopped !== undefined) return;
    this.#held = false;
    this.#failures = 0;
    if (this.#child === undefined) this.#start();
  }

  /** Asks the process to end, kills it after the time-out, and resolves when it is gone. */
  stop(timeoutMs: number): Promise<void> {
    this.#stopped ??= this.#end(timeoutMs);
    return this.#stopped;
  }

  async #end(timeoutMs: number): Promise<void> {
    this.#cancelRestart();
    const child = this.#child;
    if (child !== undefined) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
      await gone;
      clearTimeout(kill);
    }
    closeSync(this.#log);
  }

  #cancelRestart(): void {
    clearTimeout(this.#timer);
    this.#backOff = undefined;
  }

  #start(): void {
    this.#since = new Date();
    this.#backOff = undefined;
    const started = performance.now();
    const { program, args, env } = this.#command;
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", this.#log, this.#log],
    });
    this.#child = child;
    // A program that can't start emits `error` and never `exit`.
    child.once("error", (error) => {
      this.#ended(error.message, started);
    });
    child.once("exit", (code, signal) => {
      this.#ended(signal ?? `exit code ${String(code)}`, started);
    });
    this.#changed();
  }

  #ended(how: string, started: number): void {
    this.#child = undefined;
    this.#lastExit = how;
    this.#since = new Date();
    if (this.#held) this.#note(`ended (${how}) and is held`);
    else if (this.#stopped === undefined) {
      this.#failures = performance.now() - started > steadyMs ? 0 : this.#failures + 1;
      const delay = restartDelay(this.#failures - 1);
      this.#note(`ended (${how}); starts again in ${delay} ms`);
      this.#restarts += 1;
      this.#backOff = delay;
      this.#timer = setTimeout(() => {
        this.#start();
      }, delay);
    }
    this.#changed();
  }

  #note(line: string): void {
    try {
      writeSync(this.#log, `${ownNote}${this.#name} ${line}\n`);
    } catch {
      // A full disk is no reason to stop: a restarted process may free space, or find space freed.
    }
  }
}
