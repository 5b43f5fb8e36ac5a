/** What the lab's processes say, shown with tail(1). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { labFiles } from "../lab/files.ts";

const ending = ".log";

/** How many lines of each log are shown. */
const lines = 20;

/** Names of the logs there are, one a process. */
export function logNames(directory: string): string[] {
  try {
    const files = readdirSync(labFiles(directory).logs).filter((file) => file.endsWith(ending));
    return files.map((file) => file.slice(0, -ending.length)).sort();
  } catch {
    return [];
  }
}

/** Prints the ends of the logs, and what is added to them until the signal. */
export async function showLogs(
  directory: string,
  names: readonly string[],
  follow: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (names.length === 0) {
    console.log("no logs: the lab has not run yet");
    return;
  }
  const files = names.map((name) => join(labFiles(directory).logs, `${name}${ending}`));
  const args = [`--lines=${lines}`, ...(follow ? ["--follow=name", "--retry"] : []), "--", ...files];
  const tail = spawn("tail", args, { stdio: ["ignore", "inherit", "inherit"] });
  signal.addEventListener("abort", () => tail.kill());
  await once(tail, "close");
}
