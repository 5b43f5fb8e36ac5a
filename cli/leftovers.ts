/** `npm run leftovers`: what exposures have left behind in a cluster and its cloud, and how to remove it. */
import { hasLab, labStack, useLabStack } from "../lab/settings.ts";
import { CommandError, run } from "../lab/tools/command.ts";
import { clusterOptions, namedCluster } from "./chosenCluster.ts";
import { runCommand, UsageError } from "./command.ts";
import type { Arguments } from "./command.ts";
import { checkout } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { readDevStack } from "./devStack.ts";
import { interruptedCreations } from "./interrupted.ts";
import { findOrphans, showOrphans } from "./orphans.ts";
import { showProgress, unseen } from "./progress.ts";
import { isStackHere } from "./stacksHere.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm run leftovers",
  args: "[-- OPTIONS]",
  about: [
    "Lists what exposures have left behind: load balancers with their parts, security groups and rules that no Service needs, whoever made them; addresses, network interfaces and ports that nothing has; Services and namespaces whose deletion does not end; and what Pulumi was creating when it was interrupted. It says what that costs a month, or what it takes on a cloud without prices, and which commands remove it.",
    "It asks the stack's lab. Of a stack without one, it asks the cluster that kubectl would use and the account that the cloud's own command line would use. It only reads.",
  ],
  options: [
    ["--stack STACK", `a stack of this project (default: ${labStack})`],
    [
      "--kubeconfig FILE",
      "the kubeconfig (default: the one that kubectl uses; for a stack with a lab the lab's)",
    ],
    ["--context NAME", "the kubeconfig's context (default: the current one)"],
    ["--json", "print JSON, which docs/orphans.schema.json describes"],
  ],
  examples: [
    ["npm run leftovers", "look at the lab"],
    ["npm run leftovers -- --stack openstack", "look at the lab of OpenStack"],
    ["npm run leftovers -- --stack eks --context production", "look at a cluster of your own"],
  ],
  exitCodes: [
    ["0", "nothing is left behind"],
    ["1", "something is"],
    ["2", "wrong call, or the cluster or its cloud cannot be asked"],
  ],
};

await runCommand({
  usage,
  options: { stack: { type: "string" }, json: { type: "boolean" }, ...clusterOptions },
  // 1 means that something is left behind, which a failed look does not know.
  failure: 2,
  async run({ values }, signal) {
    const starting = { progress: values.json === true ? unseen : showProgress(), signal };
    const stack = stackOf(values);
    if (hasLab(checkout, stack)) useLabStack(stack);
    // Without a name, other stacks are looked for where kubectl would.
    const cluster = namedCluster(values) ?? (stack === labStack ? undefined : {});
    const deployment = await stateOf(stack, starting);
    return showOrphans(await findOrphans(cluster, starting, interruptedCreations(deployment, stack)), values);
  },
});

/** @throws {UsageError} for an empty name */
function stackOf({ stack = labStack }: Arguments["values"]): string {
  if (typeof stack === "string" && stack !== "") return stack;
  throw new UsageError(
    '--stack "" is not allowed; allowed is the name of a stack, which pulumi stack ls lists',
  );
}

/** Of another stack from this checkout, or else from wherever the caller's own Pulumi keeps it. */
async function stateOf(stack: string, starting: Starting): Promise<unknown> {
  if (stack === labStack) return (await readDevStack(await provideDevPulumi(starting))).deployment;
  const here = isStackHere(checkout, stack) ? await provideDevPulumi(starting) : {};
  const words = ["stack", "export", "--stack", stack];
  const exporting = run("pulumi", words, { cwd: checkout, env: { ...process.env, ...here } });
  return JSON.parse(
    await exporting.catch((error: unknown) => {
      if (!(error instanceof CommandError && error.isMissing)) throw error;
      throw new Error(
        `the stack ${stack} is not in this checkout's state, and there is no pulumi on the PATH that could read it elsewhere: install Pulumi, or make the stack with npm run pulumi -- stack init ${stack}`,
      );
    }),
  ) as unknown;
}
