/** What every command shares: usage, argument checks, Ctrl-C, readable errors, exit codes. */
import { setMaxListeners } from "node:events";
import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import { resolve } from "node:path";
import { nearest } from "../comparison/nearest.ts";
import { hasLab, useLabStack } from "../lab/settings.ts";
import { hintText, usageText } from "./usage.ts";
import type { Usage } from "./usage.ts";

/** Exit codes: 0 success, 1 failure, 2 wrong call, 130 stopped by Ctrl-C, 141 nobody reads its output any more, 143 stopped by SIGTERM. */
export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  SIGINT: 130,
  SIGPIPE: 141,
  SIGTERM: 143,
} as const;

const checkout = resolve(import.meta.dirname, "..");

type Options = NonNullable<ParseArgsConfig["options"]>;
export type Arguments = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true; strict: true }>
>;

export interface Command {
  readonly usage: Usage;
  readonly options?: Options;
  /** How many arguments without a dash the command takes. @default 0 */
  readonly positionals?: number;
  /** Exit code of an error that the command does not expect. @default exitCodes.failure */
  readonly failure?: number;
  /** @param signal aborted by Ctrl-C: clean up and end. @returns the exit code */
  run(given: Arguments, signal: AbortSignal): Promise<number>;
}

/** One Ctrl-C arrives twice: from the terminal, and from npm, which passes it on. So does the SIGTERM of `timeout`. */
const repeatMilliseconds = 1000;

/** The command was called with arguments that it does not take. */
export class UsageError extends Error {}

/** Runs a command and ends the process with the command's exit code. */
export async function runCommand(
  command: Command,
  words: readonly string[] = process.argv.slice(2),
): Promise<never> {
  const interrupted = new AbortController();
  // A command may have many waits at once, and each listens to the signal.
  setMaxListeners(0, interrupted.signal);
  let status: number = exitCodes.success;
  let firstSignal = 0;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (interrupted.signal.aborted) {
        // A second signal asks to end at once.
        if (performance.now() - firstSignal > repeatMilliseconds) process.exit(exitCodes[name]);
        return;
      }
      firstSignal = performance.now();
      status = exitCodes[name];
      interrupted.abort(new Error(`stopped by ${name}`));
      console.error("\nstopping and cleaning up; press Ctrl-C again to end at once");
    });
  }
  // Node ignores SIGPIPE: a reader that has closed its end, such as `head`, is an error of the stream.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      if (interrupted.signal.aborted) return;
      status = exitCodes.SIGPIPE;
      interrupted.abort(new Error("nobody reads the output any more"));
    });
  }
  try {
    const given = parseArguments(command, words);
    const result = given.values.help === true ? help(command) : await command.run(given, interrupted.signal);
    if (!interrupted.signal.aborted) status = result;
  } catch (error) {
    if (!interrupted.signal.aborted) {
      console.error(`error: ${messageOf(error)}`);
      status = error instanceof UsageError ? exitCodes.usage : (command.failure ?? exitCodes.failure);
      if (error instanceof UsageError) console.error(`\n${hintText(command.usage)}`);
    }
  }
  const ended = status;
  // `process.exit` drops whatever a pipe has not taken yet: all but the first 64 KiB if its reader is slow.
  await Promise.all([process.stdout, process.stderr].map(flushed));
  // A reader that left when the command was done is no failure of the command.
  process.exit(ended);
}

function help({ usage }: Command): number {
  console.log(usageText(usage));
  return exitCodes.success;
}

/** Resolves when everything written to the stream so far has been passed on, or nobody reads it any more. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.on("error", () => resolve());
    stream.write("", () => resolve());
  });
}

/** Why most commands take no stack of a real cloud. */
const onlyOnLab = (stack: string): string =>
  `--stack ${stack}: this command needs a lab, and Pulumi.${stack}.yaml configures none (lab:ports). Without a lab: npm run preview -- --stack NAME plans any stack, and npm run pulumi -- up --stack NAME deploys one with the credentials of its cloud`;

/** For commands that run on a lab: the stack whose lab it is. */
function chooseStack(stack: string): void {
  if (!hasLab(checkout, stack)) throw new UsageError(onlyOnLab(stack));
  useLabStack(stack);
}

/** @throws {UsageError} for an unknown option, an option without its value, or too many arguments */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const options: Options = {
    stack: { type: "string" },
    ...command.options,
    help: { type: "boolean", short: "h" },
  };
  try {
    const given = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const { stack } = given.values;
    if (typeof stack === "string" && command.options?.stack === undefined) chooseStack(stack);
    const [extra] = given.positionals.slice(command.positionals ?? 0);
    if (extra !== undefined) throw new UsageError(`unknown argument "${extra}"`);
    return given;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const unknown = unknownOption(words, options);
    if (unknown !== undefined) throw new UsageError(unknown);
    // Node adds how to pass such a word as a positional argument, which these commands do not take.
    const [reason = ""] = messageOf(error).split(". ");
    throw new UsageError(reason);
  }
}

/** Names the option that was probably meant. Undefined if all options are known. */
function unknownOption(words: readonly string[], options: Options): string | undefined {
  const known = new Set(
    Object.entries(options).flatMap(([name, { short }]) => [name, ...(short === undefined ? [] : [short])]),
  );
  const { tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const token = tokens.find((each) => each.kind === "option" && !known.has(each.name));
  if (token?.kind !== "option") return undefined;
  const meant = nearest(token.name, Object.keys(options));
  return `unknown option ${token.rawName}${meant === undefined ? "" : `; did you mean --${meant}?`}`;
}

/** The message of whatever was thrown; with the stack trace if DEBUG is set. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.DEBUG === undefined ? error.message : (error.stack ?? error.message);
}
