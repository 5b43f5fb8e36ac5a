/**
 * Ends the processes that an interrupted Pulumi leaves running: an engine that ends while a plug-in starts does not end that plug-in, which itself checks for
 * its engine only every five minutes.
 * https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/nodejs/cmd/pulumi-language-nodejs/main.go (Healthcheck)
 */
import { randomUUID } from "node:crypto";
import { processFile, processIds } from "../lab/processes.ts";

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

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
