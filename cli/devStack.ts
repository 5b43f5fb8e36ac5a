/** The stack `dev` on the lab: deploy, read, destroy. */
import { cloudEnvironment } from "../lab/clouds/environment.ts";
import { labStack, readLabSettings } from "../lab/settings.ts";
import { CommandError, run } from "../lab/tools/command.ts";
import { checkout } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import type { Deploying } from "./operation.ts";
import { pulumiUp } from "./pulumiUp.ts";
import { emptyState, outputsIn } from "./stackState.ts";
import type { Outputs } from "./stackState.ts";
import { countDeclared } from "./plannedStack.ts";
import type { PlannedStack } from "./plannedStack.ts";
import { resultsOf } from "./progress.ts";
import type { Step } from "./progress.ts";
import { isStackHere } from "./stacksHere.ts";
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

export async function deployDevStack({ progress, ...deploying }: DevDeployment): Promise<DeployedStack> {
  resultsOf(await progress.together([deploymentOfDev(deploying)]));
  return readDevStack(deploying.environment);
}

/** The deployment as a step, which others may run beside. `readDevStack` then reads what it has made. */
export function deploymentOfDev({
  signal,
  environment,
  plan,
  refresh,
}: Omit<DevDeployment, "progress">): Step<string> {
  return {
    title: `pulumi up, stack ${labStack}`,
    run: async (report) => {
      await provideDevStack(environment);
      await refuseTakenNodePorts(plan.declared, {
        kubeconfig: readLabSettings(checkout).kubeconfig,
        state: async () => (await readDevStack(environment)).deployment,
      });
      const planned = countDeclared(plan);
      return withReasons({ reasons: pending, report, signal }, (line) =>
        pulumiUp(checkout, environment, { planned, refresh, report: line, signal }),
      );
    },
    closing: (changes) => changes,
  };
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

/** Creates the stack unless it exists. */
export async function provideDevStack(environment: Record<string, string>): Promise<void> {
  if (isStackHere(checkout, labStack)) return;
  const { openStack } = await automation();
  await openStack(checkout, environment);
}

/** The outputs and the state of the stack as it was deployed last. One call of Pulumi: the Automation API would make five, a quarter of a second each. */
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

/** It takes half a second to load, and is rarely needed. */
const automation = () => import("./stack.ts");

/** @returns what was deleted, in words */
export async function destroyDevStack(
  environment: Record<string, string>,
  destroying: Omit<Deploying, "planned">,
): Promise<string> {
  const { destroy, openStack } = await automation();
  return destroy(await openStack(checkout, environment), destroying);
}
