/** `npm run up`: deploys the program on the stack dev, on a lab that runs. */
import { deployDevStack, planDevStack } from "./devStack.ts";
import { exposuresOf } from "./exposures.ts";
import { openOnStack } from "./stackDoor.ts";

const usage = `npm run up [-- --refresh]

Deploys the program on the stack dev. The lab must be running: npm run lab -- up`;

await openOnStack(usage, async (on) => {
  const planned = (await planDevStack()).filter(({ custom }) => custom).length;
  const { nodePort, loadBalancer } = exposuresOf(await deployDevStack({ ...on, planned }));
  for (const { way, url } of [nodePort, loadBalancer]) console.log(`${way}: ${url}`);
});
