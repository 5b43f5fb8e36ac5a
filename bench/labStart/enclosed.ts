/** Runs a program of the benchmark as root of new namespaces with only a loopback interface; everything that it starts ends with it. */
import { checkout } from "../../cli/devLab.ts";
import { ownProgram } from "../../lab/program.ts";
import { run } from "../../lab/tools/command.ts";

/** What the program prints at its end, as one line of JSON: seconds since it started its first process. */
export interface StartTimes {
  /** Until the API server reported ready. */
  readonly apiServer: number;
  /** Until everything was ready. */
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
