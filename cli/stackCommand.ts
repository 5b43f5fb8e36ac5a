/** What the commands that change the stack `dev` on a running lab share. */
import { runCommand } from "./command.ts";
import { runningLab } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import type { DevDeployment } from "./devStack.ts";
import { showProgress } from "./progress.ts";
import type { Usage } from "./usage.ts";

/**
 * @param usage without the options, which are the same for all
 * @param change returns the exit code
 */
export function runStackCommand(
  usage: Usage,
  change: (on: Omit<DevDeployment, "plan">) => Promise<number>,
): Promise<never> {
  return runCommand({
    usage: {
      ...usage,
      options: [["--refresh", "first compare the state with what is really there"]],
    },
    options: { refresh: { type: "boolean", default: false } },
    async run({ values }, signal) {
      runningLab();
      const starting = { progress: showProgress(), signal };
      const environment = await provideDevPulumi(starting);
      return change({ ...starting, environment, refresh: values.refresh === true });
    },
  });
}
