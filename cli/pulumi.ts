/** `npm run pulumi -- ARGS`: runs any Pulumi command on the stacks of this checkout, by default on the stack dev. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { hasLab, labStack, useLabStack } from "../lab/settings.ts";
import { checkout, runningLab } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { exitCodes, messageOf } from "./command.ts";
import { acquiringPlugins } from "./environment.ts";
import { showProgress, unseen } from "./progress.ts";
import { isForLab, missingStack, stackIn } from "./pulumiCall.ts";

const args = process.argv.slice(2);
try {
  process.exitCode = await main();
} catch (error) {
  console.error(`error: ${messageOf(error)}`);
  process.exitCode = exitCodes.failure;
}

async function main(): Promise<number> {
  const stack = stackIn(args);
  if (hasLab(checkout, stack)) useLabStack(stack);
  if (isForLab(args)) runningLab();
  const missing = missingStack(args, checkout);
  if (missing !== undefined) throw new Error(missing);
  // The output is Pulumi's: progress is shown only on a terminal, and never mixed into what a program reads.
  const progress = process.stderr.isTTY ? showProgress() : unseen;
  const environment = await provideDevPulumi({ progress, signal: new AbortController().signal });
  if (!existsSync(join(checkout, ".pulumi", "stacks"))) {
    // It loads the Automation API, which takes half a second.
    const { openStack } = await import("./stack.ts");
    await openStack(checkout, environment);
  }

  const child = spawn("pulumi", args, {
    cwd: checkout,
    // Whatever was selected in this checkout before, or nothing.
    env: {
      PULUMI_STACK: labStack,
      ...process.env,
      ...(isForLab(args) ? environment : acquiringPlugins(environment)),
    },
    stdio: "inherit",
  });
  // On a terminal, Pulumi gets Ctrl-C too, and ends in order. A signal sent to this process alone is passed on.
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => process.stdin.isTTY || child.kill(name));
  const [status] = (await once(child, "close")) as [number | null];
  return status ?? exitCodes.failure;
}
