/** `npm run up`: deploys the stack dev on the running lab. */
import { labStack, readLabSettings } from "../lab/settings.ts";
import { exitCodes } from "./command.ts";
import { checkout } from "./devLab.ts";
import { deployDevStack } from "./devStack.ts";
import { allExposuresOf } from "./exposures.ts";
import { planStack } from "./plannedStack.ts";
import { runStackCommand } from "./stackCommand.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm run up",
  args: "[-- OPTIONS]",
  about: ["Deploys the stack dev. The lab must be running: npm run lab -- up"],
  examples: [["npm run up", "deploy, or update what is deployed"]],
  exitCodes: [
    ["0", "deployed"],
    ["1", "something failed"],
    ["2", "wrong call"],
  ],
};

await runStackCommand(usage, async (on) => {
  const plan = await planStack(labStack);
  const { outputs } = await deployDevStack({ ...on, plan });
  for (const { way, url } of allExposuresOf(outputs, readLabSettings(checkout)))
    console.log(`${way}: ${url}`);
  return exitCodes.success;
});
