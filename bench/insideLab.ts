/** Runs a benchmark's commands inside the lab. */
import { spawn } from "node:child_process";
import { openSync, writeSync } from "node:fs";
import { inside } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { searchPath } from "../lab/requirements/machine.ts";
import { run } from "../lab/tools/command.ts";

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: searchPath(), LC_ALL: "C" });

/** @returns the command's output */
export function runInside(
  lab: Lab,
  place: string,
  argv: readonly string[],
  { input, signal }: { readonly input?: string; readonly signal: AbortSignal },
): Promise<string> {
  const { command, args } = inside(lab, place, argv);
  return run(command, args, { signal, env: environment(), ...(input === undefined ? {} : { input }) });
}

/** Starts a program that keeps running, with its output in a file; it ends with the lab at the latest. */
export function startInside(lab: Lab, place: string, argv: readonly string[], log: string): void {
  const { command, args } = inside(lab, place, argv);
  const output = openSync(log, "a");
  spawn(command, args, { env: environment(), stdio: ["ignore", output, output] }).once("error", (error) => {
    writeSync(output, error.message);
  });
}

/** Writes settings under /proc/sys/net in a place of the lab. */
export async function setSysctls(
  lab: Lab,
  place: string,
  values: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => `echo '${value}' > /proc/sys/net/${name}`);
  await runInside(lab, place, ["sh", "-ec", lines.join("\n")], { signal });
}
