/** Opens, deploys and destroys a stack through Pulumi's Automation API. */
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { labStack } from "../lab/settings.ts";
import { changesLine } from "./deployment.ts";
import { operate } from "./operation.ts";
import type { Deploying, Engine } from "./operation.ts";

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
  const { result, deployment } = await operate(engineOf(stack), deploying, (onEvent, signal) =>
    stack.up({ onEvent, refresh, color: "never", signal }),
  );
  return { outputs: result.outputs, changes: changesLine(deployment) };
}

/** @returns what was deleted, in words */
export async function destroy(stack: Stack, destroying: Omit<Deploying, "planned">): Promise<string> {
  const { refresh } = destroying;
  const { deployment } = await operate(engineOf(stack), { ...destroying, planned: 0 }, (onEvent, signal) =>
    stack.destroy({ onEvent, refresh, color: "never", signal }),
  );
  return changesLine(deployment);
}

function engineOf(stack: Stack): Engine {
  const { workDir, envVars } = stack.workspace;
  return { directory: workDir, environment: envVars, unlock: () => stack.cancel() };
}
