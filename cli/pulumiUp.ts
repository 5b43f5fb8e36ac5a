/**
 * `pulumi up` on the stack dev, in one process. The Automation API would start six more, a quarter of a second each, and takes half a second to load.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { labStack } from "../lab/settings.ts";
import { run } from "../lab/tools/command.ts";
import { changesLine } from "./deployment.ts";
import { operate } from "./operation.ts";
import type { Deploying } from "./operation.ts";

/** @returns what was changed, in words */
export async function pulumiUp(
  checkout: string,
  environment: Readonly<Record<string, string>>,
  deploying: Deploying,
): Promise<string> {
  const marked = { ...environment };
  const options = () => ({ cwd: checkout, env: { ...process.env, ...marked } });
  const engine = {
    directory: checkout,
    environment: marked,
    unlock: () => run("pulumi", ["cancel", "--yes", "--stack", labStack], options()),
  };
  const words = ["up", "--yes", "--skip-preview", "--json", "--non-interactive", "--stack", labStack];
  if (deploying.refresh) words.push("--refresh");
  const { deployment } = await operate(engine, deploying, async (onEvent, signal) => {
    const child = spawn("pulumi", words, { ...options(), stdio: ["ignore", "pipe", "pipe"] });
    const interrupt = (): void => void child.kill("SIGINT");
    signal.addEventListener("abort", interrupt);
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("{")) onEvent(JSON.parse(line) as EngineEvent);
    });
    const [said, [status]] = await Promise.all([
      text(child.stderr),
      once(child, "close") as Promise<[number | null]>,
    ]);
    signal.removeEventListener("abort", interrupt);
    if (status !== 0) throw new Error(said.trim());
  });
  return changesLine(deployment);
}
