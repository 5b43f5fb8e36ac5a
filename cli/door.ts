/** What every command has in common: usage, bad arguments, Ctrl-C, readable errors, exit codes. */
import { setMaxListeners } from "node:events";
import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";

/** Exit codes: 0 all is well, 1 it is not, 2 the command was called wrongly, 130 stopped by Ctrl-C, 143 by SIGTERM. */
export const exitCodes = { well: 0, failed: 1, usage: 2, SIGINT: 130, SIGTERM: 143 } as const;

type Options = NonNullable<ParseArgsConfig["options"]>;
export type Arguments = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true; strict: true }>
>;

export interface Door {
  /** The whole text of `--help`. */
  readonly usage: string;
  readonly options?: Options;
  /** How many arguments without a dash are taken. @default 0 */
  readonly positionals?: number;
  /** Exit code of an error that the command does not expect. @default exitCodes.failed */
  readonly failure?: number;
  /** @returns the exit code, 0 if it returns nothing. The signal is aborted by Ctrl-C: clean up and end. */
  run(given: Arguments, signal: AbortSignal): Promise<number>;
}

/** The command was called wrongly. */
export class UsageError extends Error {}

/** Runs a command of the command line to the end of the process. */
export async function open(door: Door, words: readonly string[] = process.argv.slice(2)): Promise<never> {
  const interrupted = new AbortController();
  // Every wait of a command listens to it, and there may be many at once.
  setMaxListeners(0, interrupted.signal);
  let status: number = exitCodes.well;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      // Someone who asks twice wants to leave at once.
      if (interrupted.signal.aborted) process.exit(exitCodes[name]);
      status = exitCodes[name];
      interrupted.abort(new Error(`stopped by ${name}`));
      console.error("\nstopping and cleaning up; again to leave at once");
    });
  }
  try {
    const result = await enter(door, words, interrupted.signal);
    if (!interrupted.signal.aborted) status = result;
  } catch (error) {
    if (!interrupted.signal.aborted) {
      console.error(`error: ${messageOf(error)}`);
      status = error instanceof UsageError ? exitCodes.usage : (door.failure ?? exitCodes.failed);
    }
  }
  process.exit(status);
}

async function enter(door: Door, words: readonly string[], signal: AbortSignal): Promise<number> {
  const given = parse(door, words);
  if (given.values.help === true) {
    console.log(door.usage);
    return exitCodes.well;
  }
  return door.run(given, signal);
}

/** @throws {UsageError} for an unknown option, a missing value, or an argument too many */
export function parse(door: Door, words: readonly string[]): Arguments {
  const options: Options = { ...door.options, help: { type: "boolean", short: "h" } };
  try {
    const given = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const [extra] = given.positionals.slice(door.positionals ?? 0);
    if (extra !== undefined) throw new UsageError(`unknown argument "${extra}"`);
    return given;
  } catch (error) {
    // Node's own message goes on about how to pass such a thing as a positional, which helps nobody here.
    const [reason = ""] = messageOf(error).split(". ");
    throw new UsageError(`${reason}\n\n${door.usage}`);
  }
}

/** A person's view of whatever was thrown; the stack only on request. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.DEBUG === undefined ? error.message : (error.stack ?? error.message);
}
