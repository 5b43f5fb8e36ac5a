/** `npm run destroy`: removes all that the stack dev has deployed, and the scenarios' exposures; the lab goes on. */
import { readLabSettings } from "../lab/settings.ts";
import { checkout } from "./devLab.ts";
import { destroyDevStack } from "./devStack.ts";
import { runStackCommand } from "./stackCommand.ts";
import { destroyTestbed, hasTestbed, openTestbed } from "./verify/testbedStack.ts";

const usage = `npm run destroy [-- --refresh]

Removes all that the stack dev and the scenarios have deployed, from the cluster and from AWS. The lab goes on; npm run lab -- down stops it.`;

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
