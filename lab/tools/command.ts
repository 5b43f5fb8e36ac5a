/** Runs a command in its own process group, so that everything it started ends with it. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { getPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { createInterface } from "node:readline";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Text for the command's standard input. */
  readonly input?: string;
  /** Ends the command and everything it started. */
  readonly signal?: AbortSignal | undefined;
  /** Below the priority of this process, from 1 to 19, where Linux groups processes by session. @default the same priority */
  readonly niceness?: number;
  /** Receives each line of the command's standard error and output. */
  readonly onLine?: (line: string) => void;
}

/** A command could not start, or ended with a status other than 0. */
export class CommandError extends Error {
  override name = "CommandError";
  readonly command: string;
  readonly outcome: string;
  /** The last lines that it wrote. */
  readonly output: string;

  constructor(command: string, outcome: string, output: string) {
    super(`${command}: ${outcome}${output === "" ? "" : `\n${output}`}`);
    this.command = command;
    this.outcome = outcome;
    this.output = output;
  }

  /** Whether there is no such program on the PATH. */
  get isMissing(): boolean {
    return this.outcome.includes("ENOENT");
  }
}

/** How long a command may take to end on request. */
const graceMs = 3000;
const keptLines = 20;

/**
 * @returns what the command wrote to its standard output
 * @throws {CommandError} if it fails
 * @throws the signal's reason if aborted, after everything has ended
 */
export async function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { cwd, env, input = "", niceness = 0, signal, onLine } = options;
  signal?.throwIfAborted();
  const child = spawn(command, args, { cwd, env, detached: true });
  giveWay(child, Math.min(getPriority() + niceness, 19));
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  // If a command ends without reading its input, its exit code matters and not the broken pipe.
  child.stdin.on("error", () => undefined).end(input);
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      last.splice(0, last.length - keptLines + 1);
      last.push(line);
      onLine?.(line);
    });
  }

  const ended = new Promise<string | undefined>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, killedBy) =>
      resolve(status === 0 ? undefined : (killedBy ?? `exit status ${String(status)}`)),
    );
  });
  const abort = () => void end(child, ended);
  signal?.addEventListener("abort", abort);
  try {
    const failure = await ended;
    signal?.throwIfAborted();
    if (failure !== undefined) throw new CommandError([command, ...args].join(" "), failure, last.join("\n"));
    return stdout;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/**
 * A detached process has a session of its own. Linux shares the processors among sessions first, and their processes' priorities count inside of each alone:
 * a session needs a priority too. "The autogroup feature", https://man7.org/linux/man-pages/man7/sched.7.html
 */
function giveWay({ pid }: ChildProcess, niceness: number): void {
  if (pid === undefined || niceness <= 0) return;
  try {
    writeFileSync(`/proc/${String(pid)}/autogroup`, String(niceness));
  } catch {
    // It has ended, or sessions are no groups here. Nothing but speed depends on it.
  }
}

/** Asks the whole process group to end, and kills it after the grace time. */
async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  kill(child, "SIGTERM");
  await Promise.race([ended, sleep(graceMs, undefined, { ref: false })]);
  kill(child, "SIGKILL");
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
