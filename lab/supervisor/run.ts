/** One-shot commands of the supervisor: run to the end, with what they printed in the error when they fail. */
import { execFile } from "node:child_process";

/**
 * @param input text for the command's standard input
 * @returns what it printed on standard output
 * @throws with the command line and its error output if it fails
 */
export function run(program: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${[program, ...args].join(" ")}: ${stderr.trim() || error.message}`));
    });
    // A command that ends without reading its input reports by its exit code, not by the broken pipe.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

/**
 * Repeats a check until it holds.
 * @param timeout in milliseconds
 * @throws naming `what` when the time is up, with the last reason
 */
export async function until(
  what: string,
  check: () => Promise<boolean>,
  timeout: number,
  interval = 25,
): Promise<void> {
  const end = Date.now() + timeout;
  for (;;) {
    if (await check()) return;
    if (Date.now() > end) throw new Error(`${what}: not there after ${(timeout / 1000).toString()} s`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
