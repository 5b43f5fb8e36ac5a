/** `npm run move`: leads the clients of the stack dev from one way to the other, by the weights of DNS records. */
import { labStack, readLabSettings } from "../lab/settings.ts";
import { cloudNamed } from "../comparison/clouds/index.ts";
import { wayTitles } from "../comparison/difference/sides.ts";
import { exitCodes, runCommand } from "./command.ts";
import { checkout, runningLab } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { readDevStack } from "./devStack.ts";
import { defaultDrainSeconds, defaultShares, moveArguments, moveOptions } from "./move/arguments.ts";
import { endText, planText } from "./move/planText.ts";
import { configuredRecords } from "./move/records.ts";
import { deployedRecords, Mover } from "./move/run.ts";
import { stepsOf } from "./move/steps.ts";
import { planStack } from "./plannedStack.ts";
import { showProgress, unseen } from "./progress.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm run move",
  args: "-- --to WAY [OPTIONS]",
  about: [
    "Leads the clients of the stack dev to the other way without losing a request: both ways stand in front of the same pods, and a DNS name leads a growing share of the clients to the new one. The stack needs the key weightedName, which docs/moving.md describes. The lab must be running: npm run lab -- up",
    "What is left to do follows from the records alone. Stopped at any moment, the same command goes on, and --to with the other way goes back. Nothing is removed.",
  ],
  options: [
    ["--to WAY", "nodeport or loadbalancer"],
    ["--plan", "show the steps, their waits and their bill; change nothing"],
    [
      "--shares LIST",
      `percent of the clients that the new way gets, one after another (default: ${defaultShares.join(",")})`,
    ],
    [
      "--drain-seconds N",
      `how long connections through the old way may last (default: ${defaultDrainSeconds})`,
    ],
    ["--accept PATH", "a difference that does not matter to you; may be repeated"],
  ],
  examples: [
    ["npm run move -- --to loadbalancer --plan", "what it would do"],
    ["npm run move -- --to loadbalancer --shares 1,10", "stop with a tenth of the clients there"],
  ],
  exitCodes: [
    [
      "0",
      "at least the last share of the clients is led there; with 100, no connection leads through the old way, or the kernel does not list connections and the wait for them is over",
    ],
    ["1", "it has stopped; the message says why"],
    ["2", "wrong call"],
  ],
};

await runCommand({
  usage,
  options: moveOptions,
  async run({ values }, signal) {
    const { to, shares, drainSeconds, accepted, isPlan } = moveArguments(values);
    const configured = configuredRecords(checkout, labStack);
    if (!isPlan) runningLab();
    const progress = isPlan ? unseen : showProgress();
    const plan = await planStack(labStack);
    const environment = await provideDevPulumi({ progress, signal });
    const records = deployedRecords((await readDevStack(environment)).deployment) ?? configured;
    const titles = wayTitles(cloudNamed(readLabSettings(checkout).cloud));
    const steps = stepsOf({ to, weights: records.weights, shares });
    const move = {
      to,
      weights: records.weights,
      steps,
      domainName: records.domainName,
      // The new one counts for answers that resolvers get from now on, an older one for those that they have.
      ttlSeconds: Math.max(records.ttlSeconds, configured.ttlSeconds),
      drainSeconds,
      titles: { nodePort: titles.NodePort, loadBalancer: titles.LoadBalancer },
      cost: plan.comparison.cost,
    };
    console.log(planText(move));
    if (isPlan) return exitCodes.success;
    const mover = new Mover({ progress, signal, environment, plan, refresh: false }, move, accepted);
    for (const step of steps) {
      signal.throwIfAborted();
      await mover.take(step);
    }
    console.log(endText({ ...move, weights: mover.weights }));
    return exitCodes.success;
  },
});
