/** The stack `dev` on the lab: deploy, read, destroy. */
import type { OutputMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { labStack } from "../lab/settings.ts";
import { checkout } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import { deploy, destroy, openStack } from "./stack.ts";
import type { Deploying } from "./stack.ts";

export interface DevDeployment extends Starting {
  readonly environment: Record<string, string>;
  /** How many resources there will be. */
  readonly planned: number;
  /** Whether to compare the state with what is really there first. */
  readonly refresh: boolean;
}

export interface DeployedStack {
  readonly outputs: OutputMap;
  /** The state, as `pulumi stack export` prints it. */
  readonly deployment: unknown;
}

export async function deployDevStack({
  progress,
  signal,
  environment,
  planned,
  refresh,
}: DevDeployment): Promise<DeployedStack> {
  return progress.step(
    `pulumi up, stack ${labStack}`,
    async (report) => {
      const stack = await openStack(checkout, environment);
      const deployed = await deploy(stack, { planned, refresh, report, signal });
      return { ...deployed, ...(await stateOf(stack)) };
    },
    ({ changes }) => changes,
  );
}

/** The outputs and the state of the stack as it was deployed last. */
export async function readDevStack(environment: Record<string, string>): Promise<DeployedStack> {
  const stack = await openStack(checkout, environment);
  const [outputs, state] = await Promise.all([stack.outputs(), stateOf(stack)]);
  return { outputs, ...state };
}

async function stateOf(stack: Stack): Promise<Pick<DeployedStack, "deployment">> {
  return { deployment: await stack.exportStack() };
}

/** @returns what was deleted, in words */
export async function destroyDevStack(
  environment: Record<string, string>,
  destroying: Omit<Deploying, "planned">,
): Promise<string> {
  return destroy(await openStack(checkout, environment), destroying);
}
