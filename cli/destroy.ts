/** `npm run destroy`: removes everything that the stack dev and the scenarios have deployed. */
import { labStack, readLabSettings } from "../lab/settings.ts";
import { exitCodes } from "./command.ts";
import { checkout } from "./devLab.ts";
import { destroyDevStack } from "./devStack.ts";
import { adoptedDestructionText, removeAllAdopted } from "./move/adoptedDestruction.ts";
import { findOrphans, showOrphans } from "./orphans.ts";
import { resultsOf } from "./progress.ts";
import type { Report } from "./progress.ts";
import { runStackCommand } from "./stackCommand.ts";
import type { Usage } from "./usage.ts";
import { withReasons } from "./waitingReport.ts";
import { hasTestbed } from "./verify/testbedPlace.ts";
import { destroyTestbed, openTestbed } from "./verify/testbedStack.ts";

const usage: Usage = {
  command: "npm run destroy",
  args: "[-- OPTIONS]",
  about: [
    "Removes everything that the stack dev and the scenarios have deployed, from the cluster and from the cloud. The lab must be running, and keeps running: npm run lab -- down stops it.",
    "Load balancers that the program has taken over go as well; it names them first, and how to give them back.",
    "Then it looks for what is left behind, as npm run leftovers does, and lists it.",
  ],
  examples: [["npm run destroy -- --refresh", "also remove what was changed since"]],
  exitCodes: [
    ["0", "removed"],
    ["1", "something failed, or something was left behind"],
    ["2", "wrong call"],
  ],
};

await runStackCommand(usage, async ({ progress, environment, ...destroying }) => {
  const settings = readLabSettings(checkout);
  const adopted = await adoptedDestructionText(settings, environment);
  if (adopted !== undefined) console.log(adopted);
  // Imported when the deletion waits: the client of Kubernetes takes a while to load.
  const waiting = async (): Promise<string[]> =>
    (await import("./unfinishedDeletions.ts")).unfinishedDeletions(settings.kubeconfig, destroying.signal);
  const closing = (changes: string): string => changes;
  const stack = {
    title: `pulumi destroy, stack ${labStack}`,
    run: async (report: Report) => {
      const changes = await withReasons({ reasons: waiting, report, signal: destroying.signal }, (line) =>
        destroyDevStack(environment, { ...destroying, report: line }),
      );
      removeAllAdopted(checkout, labStack);
      return changes;
    },
    closing,
  };
  const testbed = {
    title: "pulumi destroy, the scenarios' exposures",
    run: async (report: Report) =>
      destroyTestbed(await openTestbed(settings, environment), { ...destroying, report }),
    closing,
  };
  // At the same time: both mostly wait for their pods to end.
  resultsOf(await progress.together(hasTestbed(settings) ? [stack, testbed] : [stack]));
  const left = await findOrphans(undefined, { progress, signal: destroying.signal });
  return left.orphans.length === 0 ? exitCodes.success : showOrphans(left, {});
});
