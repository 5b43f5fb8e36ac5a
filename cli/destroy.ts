/** `npm run destroy`: removes everything that the stack dev and the scenarios have deployed. */
import { readLabSettings } from "../lab/settings.ts";
import { checkout } from "./devLab.ts";
import { destroyDevStack } from "./devStack.ts";
import { runStackCommand } from "./stackCommand.ts";
import type { Usage } from "./usage.ts";
import { destroyTestbed, hasTestbed, openTestbed } from "./verify/testbedStack.ts";

const usage: Usage = {
  command: "npm run destroy",
  args: "[-- OPTIONS]",
  about: [
    "Removes everything that the stack dev and the scenarios have deployed, from the cluster and from the cloud. The lab must be running, and keeps running: npm run lab -- down stops it.",
  ],
  examples: [["npm run destroy -- --refresh", "also remove what was changed since"]],
  exitCodes: [
    ["0", "removed"],
    ["1", "something failed"],
    ["2", "wrong call"],
  ],
};

await runStackCommand(usage, async (on) => {
  await destroyDevStack({ ...on, planned: 0 });
  const settings = readLabSettings(checkout);
  if (!hasTestbed(settings)) return;
  const { progress, environment, ...destroying } = on;
  await progress.step(
    "pulumi destroy, the scenarios' exposures",
    async (report) => destroyTestbed(await openTestbed(settings, environment), { ...destroying, report }),
    (changes) => changes,
  );
});
