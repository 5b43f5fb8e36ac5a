/**
 * Ends the processes that an interrupted Pulumi leaves running: an engine that ends while a plug-in starts does not end that plug-in, which itself checks for
 * its engine only every five minutes.
 * https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/nodejs/cmd/pulumi-language-nodejs/main.go (Healthcheck)
 */
import { randomUUID } from "node:crypto";
import { orElse, processFile, processIds } from "../lab/processes.ts";

/** Every process that an operation starts has this variable, with a value of that operation. */
const variable = "NODEPORT_VS_LOADBALANCER_OPERATION";

/** A part of the environment of an operation's processes, by which `endStrays` finds them. */
export function markedEnvironment(): Record<string, string> {
  return { [variable]: randomUUID() };
}

/** Ends what a finished operation has left running. @param environment the operation's, with its mark */
export function endStrays(environment: Readonly<Record<string, string>>): void {
  const mark = environment[variable];
  if (mark === undefined) return;
  for (const pid of processIds())
    if (processFile(pid, "environ").split("\0").includes(`${variable}=${mark}`)) kill(Number(pid));
}

/**
 * Ends what operations have left running whose engine was killed. The program of such an operation may go on for ever: one took a processor and 2 GB for 40 minutes, and makes
 * everything else on the machine too slow.
 *
 * @param backend address of the state that the operations were about, as `PULUMI_BACKEND_URL` has it
 */
export function endOrphans(backend: string): void {
  const marked = new Set(
    orElse([], processIds).filter((pid) => {
      const variables = processFile(pid, "environ").split("\0");
      return (
        variables.includes(`PULUMI_BACKEND_URL=${backend}`) &&
        variables.some((each) => each.startsWith(`${variable}=`))
      );
    }),
  );
  const orphans = [...marked].filter((pid) => !hasEngine(pid, marked));
  for (const pid of orphans) kill(Number(pid));
}

/** Whether it is an engine, or one of its ancestors is. The processes of an engine that has ended belong to the first process of the machine. */
function hasEngine(pid: string, marked: ReadonlySet<string>): boolean {
  const [, name, parent = ""] = /^\d+ \((.*)\) \S (\d+)/s.exec(processFile(pid, "stat")) ?? [];
  return name === "pulumi" || (marked.has(parent) && hasEngine(parent, marked));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
