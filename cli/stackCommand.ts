/** What the commands that change the stack `dev` on a running lab share. */
import { runningLab } from "./devLab.ts";
import { provideDevPulumi } from "./devStack.ts";
import type { DevDeployment } from "./devStack.ts";
import { exitCodes, runCommand } from "./command.ts";
import { showProgress } from "./progress.ts";

/** @param usage without the options, which are the same for all */
export function runStackCommand(
  usage: string,
  change: (on: Omit<DevDeployment, "planned">) => Promise<void>,
): Promise<never> {
  return runCommand({
    usage: `${usage}\n\n  --refresh   look first at what is really there`,
    options: { refresh: { type: "boolean", default: false } },
    async run({ values }, signal) {
      runningLab();
      const starting = { progress: showProgress(), signal };
      const environment = await provideDevPulumi(starting);
      await change({ ...starting, environment, refresh: values.refresh === true });
      return exitCodes.success;
    },
  });
}
