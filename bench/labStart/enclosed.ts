/** Runs a program of the benchmark in namespaces of its own, with root's rights there and loopback only: whatever it starts ends with it. */
import { checkout } from "../../cli/devLab.ts";
import { ownProgram } from "../../lab/program.ts";
import { run } from "../../lab/tools/command.ts";

/** What a program prints at its end, as one line of JSON: in seconds since it started the first process. */
export interface StartTimes {
  /** Until the API server said that it is ready. */
  readonly apiServer: number;
  /** Until all that is started was there. */
  readonly ready: number;
}

const namespaces = [
  "--user",
  "--map-root-user",
  "--net",
  "--pid",
  "--mount",
  "--mount-proc",
  "--fork",
  "--kill-child",
];

export async function runEnclosed(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<StartTimes> {
  const own = ownProgram(checkout, program, args);
  const output = await run("unshare", [...namespaces, "--", own.program, ...own.args], { signal });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as StartTimes;
}
