/** `npm run up`: deploys the program on the stack dev, on a lab that runs. */
import { runningLab } from "./devLab.ts";
import { deployDevStack, planDevStack, provideDevPulumi } from "./devStack.ts";
import { exitCodes, open } from "./door.ts";
import { exposuresOf } from "./exposures.ts";
import { showProgress } from "./progress.ts";

const usage = `npm run up [-- --refresh]

Deploys the program on the stack dev. The lab must be running: npm run lab -- up

  --refresh   look first at what is really there`;

await open({
  usage,
  options: { refresh: { type: "boolean", default: false } },
  async run({ values }, signal) {
    runningLab();
    const starting = { progress: showProgress(), signal };
    const environment = await provideDevPulumi(starting);
    const planned = (await planDevStack()).filter(({ custom }) => custom).length;
    const outputs = await deployDevStack({
      ...starting,
      environment,
      planned,
      refresh: values.refresh === true,
    });
    const { nodePort, loadBalancer } = exposuresOf(outputs);
    for (const { way, url } of [nodePort, loadBalancer]) console.log(`${way}: ${url}`);
    return exitCodes.well;
  },
});
