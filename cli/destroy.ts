/** `npm run destroy`: removes all that the stack dev has deployed, and the scenarios' exposures; the lab goes on. */
import { readLabSettings } from "../lab/settings.ts";
import { checkout } from "./devLab.ts";
import { destroyDevStack } from "./devStack.ts";
import { runStackCommand } from "./stackCommand.ts";
import { destroyBed, hasBed, openBed } from "./verify/bedStack.ts";

const usage = `npm run destroy [-- --refresh]

Removes all that the stack dev and the scenarios have deployed, from the cluster and from AWS. The lab goes on; npm run lab -- down stops it.`;

await runStackCommand(usage, async (on) => {
  await destroyDevStack({ ...on, planned: 0 });
  const settings = readLabSettings(checkout);
  if (!hasBed(settings)) return;
  const { progress, environment, ...destroying } = on;
  await progress.step(
    "pulumi destroy, the scenarios' exposures",
    async (report) => destroyBed(await openBed(settings, environment), { ...destroying, report }),
    (changes) => changes,
  );
});
