/** `npm run destroy`: removes all that the stack dev has deployed; the lab goes on. */
import { runningLab } from "./devLab.ts";
import { destroyDevStack, provideDevPulumi } from "./devStack.ts";
import { exitCodes, open } from "./door.ts";
import { showProgress } from "./progress.ts";

const usage = `npm run destroy [-- --refresh]

Removes all that the stack dev has deployed, from the cluster and from AWS. The lab goes on; npm run lab -- down stops it.

  --refresh   look first at what is really there`;

await open({
  usage,
  options: { refresh: { type: "boolean", default: false } },
  async run({ values }, signal) {
    runningLab();
    const starting = { progress: showProgress(), signal };
    const environment = await provideDevPulumi(starting);
    await destroyDevStack({ ...starting, environment, planned: 0, refresh: values.refresh === true });
    return exitCodes.well;
  },
});
