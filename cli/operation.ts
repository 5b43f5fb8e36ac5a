/** Runs an operation of Pulumi's engine: shows its progress, sums up its errors, ends it on Ctrl-C, and removes the lock of one that was killed. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { advance, nothingDone, progressLine } from "./deployment.ts";
import type { Deployment } from "./deployment.ts";
import type { Report } from "./progress.ts";
import { endOrphans, endStrays, markedEnvironment } from "./strays.ts";

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

/** What runs the operations of one stack. */
export interface Engine {
  /** The directory with the state. */
  readonly directory: string;
  /** The variables that its processes have. Each operation marks them. */
  readonly environment: Record<string, string>;
  /** Removes the lock of an operation. */
  readonly unlock: () => Promise<unknown>;
}

type Operation<T> = (onEvent: (event: EngineEvent) => void, signal: AbortSignal) => Promise<T>;

/** How Pulumi's file backend says that another operation runs. */
const locked = "the stack is currently locked by";

export async function operate<T>(
  engine: Engine,
  { planned, report, signal }: Omit<Deploying, "refresh">,
  operation: Operation<T>,
): Promise<{ result: T; deployment: Deployment }> {
  let deployment = nothingDone;
  const onEvent = (event: EngineEvent): void => {
    deployment = advance(deployment, event);
    report(progressLine(deployment, planned));
  };
  const passed = signalForPulumi(signal);
  endOrphans(engine.environment.PULUMI_BACKEND_URL ?? "");
  Object.assign(engine.environment, markedEnvironment());
  signal.throwIfAborted();
  try {
    return { result: await operation(onEvent, passed), deployment };
  } catch (error) {
    signal.throwIfAborted();
    const { message } = error as Error;
    if (message.includes(locked) && (await unlocked(engine))) {
      return { result: await operation(onEvent, passed), deployment };
    }
    const { errors } = deployment;
    throw new DeploymentError(errors.length > 0 ? errors.join("\n") : message, { cause: error });
  } finally {
    if (signal.aborted) endStrays(engine.environment);
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
async function unlocked({ directory, unlock }: Engine): Promise<boolean> {
  if (lockOwners(directory).some(isAlive)) return false;
  await unlock();
  return true;
}

/** The processes that hold a lock of the file backend. */
function lockOwners(directory: string): number[] {
  const locks = join(directory, ".pulumi", "locks");
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
