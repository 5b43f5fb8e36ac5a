/** `npm run up`: deploys the program on the stack dev, on a lab that runs. */
import { labStack } from "../lab/settings.ts";
import { deployDevStack } from "./devStack.ts";
import { exposuresOf } from "./exposures.ts";
import { countDeclared, planStack } from "./plannedStack.ts";
import { runStackCommand } from "./stackCommand.ts";

const usage = `npm run up [-- --refresh]

Deploys the program on the stack dev. The lab must be running: npm run lab -- up`;

await runStackCommand(usage, async (on) => {
  const planned = countDeclared(await planStack(labStack));
  const { outputs } = await deployDevStack({ ...on, planned });
  const { nodePort, loadBalancer } = exposuresOf(outputs);
  for (const { way, url } of [nodePort, loadBalancer]) console.log(`${way}: ${url}`);
});
