/**
 * What Pulumi leaves running when it is interrupted: an engine that ends while a plug-in starts forgets it, and the plug-in looks for its engine every five minutes only.
 * https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/nodejs/cmd/pulumi-language-nodejs/main.go (Healthcheck)
 */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** Every process that an operation starts has it in its environment, with the operation's own value. */
const variable = "NODEPORT_VS_LOADBALANCER_OPERATION";

/** Part of the environment of an operation's processes, by which `endStrays` knows them. */
export function markedEnvironment(): Record<string, string> {
  return { [variable]: randomUUID() };
}

/** Ends whatever an operation that is over has left running. @param environment the operation's, with its mark */
export function endStrays(environment: Readonly<Record<string, string>>): void {
  const mark = environment[variable];
  if (mark === undefined) return;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
    if (environmentOf(pid).includes(`${variable}=${mark}`)) kill(Number(pid));
}

/** Nothing of a process that is gone by now, or somebody else's. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
