/** What the doors that change the stack `dev` on a running lab have in common. */
import { runningLab } from "./devLab.ts";
import { provideDevPulumi } from "./devStack.ts";
import type { DevDeployment } from "./devStack.ts";
import { exitCodes, open } from "./door.ts";
import { showProgress } from "./progress.ts";

/** @param usage without the options, which are the same for all */
export function openOnStack(
  usage: string,
  change: (on: Omit<DevDeployment, "planned">) => Promise<void>,
): Promise<never> {
  return open({
    usage: `${usage}\n\n  --refresh   look first at what is really there`,
    options: { refresh: { type: "boolean", default: false } },
    async run({ values }, signal) {
      runningLab();
      const starting = { progress: showProgress(), signal };
      const environment = await provideDevPulumi(starting);
      await change({ ...starting, environment, refresh: values.refresh === true });
      return exitCodes.well;
    },
  });
}
