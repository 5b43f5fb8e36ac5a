/** The stack `dev` on the lab: deploy, read, destroy. */
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { cloudEnvironment } from "../lab/clouds/environment.ts";
import { labStack, readLabSettings } from "../lab/settings.ts";
import { CommandError, run } from "../lab/tools/command.ts";
import { checkout } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import type { Deploying } from "./stack.ts";
import { emptyState, outputsIn } from "./stackState.ts";
import type { Outputs } from "./stackState.ts";
import { countDeclared } from "./plannedStack.ts";
import type { PlannedStack } from "./plannedStack.ts";
import { refuseTakenNodePorts } from "./takenNodePorts.ts";
import { withReasons } from "./waitingReport.ts";

export interface DevDeployment extends Starting {
  readonly environment: Record<string, string>;
  /** What the program declares. */
  readonly plan: PlannedStack;
  /** Whether to compare the state with what is really there first. */
  readonly refresh: boolean;
}

export interface DeployedStack {
  readonly outputs: Outputs;
  /** The state, as `pulumi stack export` prints it. */
  readonly deployment: unknown;
}

export async function deployDevStack({
  progress,
  signal,
  environment,
  plan,
  refresh,
}: DevDeployment): Promise<DeployedStack> {
  return progress.step(
    `pulumi up, stack ${labStack}`,
    async (report) => {
      const { deploy, openStack } = await automation();
      const stack = await openStack(checkout, environment);
      await refuseTakenNodePorts(plan.declared, {
        kubeconfig: readLabSettings(checkout).kubeconfig,
        state: () => stack.exportStack(),
      });
      const planned = countDeclared(plan);
      const deployed = await withReasons({ reasons: pending, report, signal }, (line) =>
        deploy(stack, { planned, refresh, report: line, signal }),
      );
      return { ...deployed, ...(await stateOf(stack)) };
    },
    ({ changes }) => changes,
  );
}

/** Imported when a deployment waits or fails: the clients of the cloud and of Kubernetes take a second to load. */
async function pending(): Promise<string[]> {
  const [{ pendingServices }, { loadKubeconfig }] = await Promise.all([
    import("../comparison/sources/pendingServices.ts"),
    import("../comparison/sources/kubernetes/kubeconfig.ts"),
  ]);
  const settings = readLabSettings(checkout);
  return pendingServices(loadKubeconfig(settings.kubeconfig), cloudEnvironment(settings));
}

/** The outputs and the state of the stack as it was deployed last. One call of Pulumi: the Automation API would make five, half a second each. */
export async function readDevStack(environment: Record<string, string>): Promise<DeployedStack> {
  const env = { ...process.env, ...environment };
  const words = ["stack", "export", "--stack", labStack, "--show-secrets"];
  const printed = await run("pulumi", words, { cwd: checkout, env }).catch((error: unknown) => {
    if (error instanceof CommandError && error.output.includes("no stack named")) return emptyState;
    throw error;
  });
  const deployment: unknown = JSON.parse(printed);
  return { outputs: outputsIn(deployment), deployment };
}

/** It takes half a second to load, and only what changes the stack needs it. */
const automation = () => import("./stack.ts");

async function stateOf(stack: Stack): Promise<Pick<DeployedStack, "deployment">> {
  return { deployment: await stack.exportStack() };
}

/** @returns what was deleted, in words */
export async function destroyDevStack(
  environment: Record<string, string>,
  destroying: Omit<Deploying, "planned">,
): Promise<string> {
  const { destroy, openStack } = await automation();
  return destroy(await openStack(checkout, environment), destroying);
}
