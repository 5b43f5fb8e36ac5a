/** The logs of the lab's processes, shown with tail(1). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { labFiles } from "../lab/files.ts";

const ending = ".log";

const linesPerLog = 20;

/** Names of the logs: one for each process. */
export function logNames(directory: string): string[] {
  try {
    const files = readdirSync(labFiles(directory).logs).filter((file) => file.endsWith(ending));
    return files.map((file) => file.slice(0, -ending.length)).sort();
  } catch {
    return [];
  }
}

/** Prints the last lines of each log; with `follow`, also new lines until the signal. */
export async function showLogs(
  directory: string,
  names: readonly string[],
  follow: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (names.length === 0) {
    console.log("there are no logs: the lab has not run yet");
    return;
  }
  const files = names.map((name) => join(labFiles(directory).logs, `${name}${ending}`));
  const args = [`--lines=${linesPerLog}`, ...(follow ? ["--follow=name", "--retry"] : []), "--", ...files];
  const tail = spawn("tail", args, { stdio: ["ignore", "inherit", "inherit"] });
  signal.addEventListener("abort", () => tail.kill());
  await once(tail, "close");
}
