/** Opens, deploys and destroys a stack through Pulumi's Automation API. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConcurrentUpdateError, LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { EngineEvent, OutputMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { labStack } from "../lab/settings.ts";
import { advance, changesLine, nothingDone, progressLine } from "./deployment.ts";
import type { Deployment } from "./deployment.ts";
import type { Report } from "./progress.ts";
import { endStrays, markedEnvironment } from "./strays.ts";

/** A deployment failed; the message consists of the errors of the engine and the providers. */
class DeploymentError extends Error {
  override name = "DeploymentError";
}

/** Why an operation is cancelled that is no longer needed, as opposed to Ctrl-C. */
export class GivenUp extends Error {
  override name = "GivenUp";
}

export interface Deploying {
  /** How many resources are planned, for the progress. */
  readonly planned: number;
  /** Whether to compare the state with what is really there first: a new lab does not have what an older one had. */
  readonly refresh: boolean;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** Opens the stack `dev`, or creates it. */
export async function openStack(checkout: string, environment: Record<string, string>): Promise<Stack> {
  // The Automation API looks for `pulumi` on this process's PATH.
  process.env.PATH = environment.PATH;
  const pulumiCommand = await PulumiCommand.get();
  const workspace = { workDir: checkout, envVars: environment, pulumiCommand };
  return LocalWorkspace.createOrSelectStack({ stackName: labStack, workDir: checkout }, workspace);
}

/** @returns the stack's outputs, and what was changed in words */
export async function deploy(
  stack: Stack,
  deploying: Deploying,
): Promise<{ outputs: OutputMap; changes: string }> {
  const { refresh } = deploying;
  return run(stack, deploying, async (onEvent, signal) => {
    const { outputs } = await stack.up({ onEvent, refresh, color: "never", ...signal });
    return outputs;
  }).then(({ result, deployment }) => ({ outputs: result, changes: changesLine(deployment) }));
}

/** @returns what was deleted, in words */
export async function destroy(stack: Stack, destroying: Omit<Deploying, "planned">): Promise<string> {
  const { refresh } = destroying;
  const { deployment } = await run(stack, { ...destroying, planned: 0 }, (onEvent, signal) =>
    stack.destroy({ onEvent, refresh, color: "never", ...signal }),
  );
  return changesLine(deployment);
}

type Operation<T> = (onEvent: (event: EngineEvent) => void, signal: { signal: AbortSignal }) => Promise<T>;

async function run<T>(
  stack: Stack,
  { planned, report, signal }: Deploying,
  operation: Operation<T>,
): Promise<{ result: T; deployment: Deployment }> {
  let deployment = nothingDone;
  const onEvent = (event: EngineEvent): void => {
    deployment = advance(deployment, event);
    report(progressLine(deployment, planned));
  };
  const passed = { signal: signalForPulumi(signal) };
  const { envVars } = stack.workspace;
  Object.assign(envVars, markedEnvironment());
  signal.throwIfAborted();
  try {
    return { result: await operation(onEvent, passed), deployment };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ConcurrentUpdateError && (await unlock(stack))) {
      return { result: await operation(onEvent, passed), deployment };
    }
    const { errors } = deployment;
    throw new DeploymentError(errors.length > 0 ? errors.join("\n") : (error as Error).message, {
      cause: error,
    });
  } finally {
    if (signal.aborted) endStrays(envVars);
  }
}

/** On a terminal, Ctrl-C reaches Pulumi too. A second signal would make it end without recording what it has done. */
function signalForPulumi(signal: AbortSignal): AbortSignal {
  if (!process.stdin.isTTY) return signal;
  const passed = new AbortController();
  signal.addEventListener("abort", () => {
    if (signal.reason instanceof GivenUp) passed.abort(signal.reason);
  });
  return passed.signal;
}

/** Removes the lock of a Pulumi that was killed; keeps that of a running one. @returns whether it was removed */
async function unlock(stack: Stack): Promise<boolean> {
  const owners = lockOwners(stack.workspace.workDir);
  if (owners.some(isAlive)) return false;
  await stack.cancel();
  return true;
}

/** The processes that hold a lock of the file backend. */
function lockOwners(checkout: string): number[] {
  const locks = join(checkout, ".pulumi", "locks");
  return readdirSync(locks, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => (JSON.parse(readFileSync(join(locks, name), "utf8")) as { pid: number }).pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
