/** `npm run move`: leads the clients of the stack dev from one way to another, by the weights of DNS records. */
import { labStack, readLabSettings } from "../lab/settings.ts";
import { cloudNamed } from "../comparison/clouds/index.ts";
import { exitCodes, runCommand } from "./command.ts";
import { checkout, runningLab } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { readDevStack } from "./devStack.ts";
import {
  adoptionArguments,
  defaultDrainSeconds,
  defaultShares,
  moveArguments,
  moveOptions,
} from "./move/arguments.ts";
import { planMove } from "./move/plannedMove.ts";
import { endText, planText } from "./move/planText.ts";
import { configuredRecords, recordsNow } from "./move/records.ts";
import { refuseToLead } from "./move/refusal.ts";
import { deployedRecords, Mover } from "./move/run.ts";
import { originsOf, stepsOf } from "./move/steps.ts";
import { showProgress, unseen } from "./progress.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm run move",
  args: "-- --to WAY | --adopt NAMESPACE/NAME | --give-back NAMESPACE/NAME [OPTIONS]",
  about: [
    "Leads the clients of the stack dev to another way without losing a request: both ways stand in front of the same pods, and a DNS name leads a growing share of the clients to the new one. The stack needs the key weightedName, which docs/moving.md describes. The lab must be running: npm run lab -- up",
    "With --adopt, a load balancer that a controller has made becomes the program's own, with its name, its addresses and its connections, and with --give-back the controller's again.",
    "What is left to do follows from what there is: of a move, from the records alone. Stopped at any moment, the same command goes on, and --to with the other way goes back. The old way stays unless you say --remove.",
  ],
  options: [
    ["--to WAY", "nodeport, shared, loadbalancer or lbc; docs/moving.md describes them"],
    ["--from WAY", "the way that they come from; --remove needs it if there are several others"],
    [
      "--adopt NAMESPACE/NAME",
      "the Service whose load balancer becomes the program's own; its controller lets go and deletes nothing",
    ],
    ["--give-back NAMESPACE/NAME", "the Service whose controller gets its load balancer back"],
    ["--plan", "show the steps, their waits and their bill; change nothing"],
    [
      "--shares LIST",
      `percent of the clients that the new way gets, one after another (default: ${defaultShares.join(",")})`,
    ],
    [
      "--drain-seconds N",
      `how long connections through the old way may last (default: ${defaultDrainSeconds})`,
    ],
    ["--remove", "remove the old way once no connection leads through it"],
    ["--accept PATH", "a difference that does not matter to you; may be repeated"],
  ],
  examples: [
    ["npm run move -- --to loadbalancer --plan", "what it would do"],
    ["npm run move -- --to loadbalancer --shares 1,10", "stop with a tenth of the clients there"],
    ["npm run move -- --to loadbalancer --remove", "and pay for one load balancer again"],
    [
      "npm run move -- --adopt shop/web --plan",
      "how the load balancer of shop/web becomes the program's own",
    ],
  ],
  exitCodes: [
    [
      "0",
      "with --adopt and --give-back: it has changed hands. Else at least the last share of the clients is led there; with 100, no connection leads through the old way, or the kernel does not list connections and the wait for them is over",
    ],
    ["1", "it has stopped; the message says why"],
    ["2", "wrong call"],
  ],
};

await runCommand({
  usage,
  options: moveOptions,
  async run({ values }, signal) {
    const adopting = adoptionArguments(values);
    if (adopting !== undefined) {
      runningLab();
      const progress = adopting.isPlan ? unseen : showProgress();
      const environment = await provideDevPulumi({ progress, signal });
      const { changeHands } = await import("./move/adoption.ts");
      await changeHands({ ...adopting, progress, signal, environment });
      return exitCodes.success;
    }
    const settings = readLabSettings(checkout);
    const { ways } = cloudNamed(settings.cloud);
    const {
      to,
      from: named,
      shares,
      drainSeconds,
      accepted,
      removes,
      isPlan,
    } = moveArguments(
      values,
      ways.map(({ name }) => name),
    );
    const configured = configuredRecords(checkout, labStack);
    if (!isPlan) runningLab();
    const progress = isPlan ? unseen : showProgress();
    const environment = await provideDevPulumi({ progress, signal });
    const records = recordsNow(deployedRecords((await readDevStack(environment)).deployment), configured);
    const { weights } = records;
    const origins = originsOf({ weights, to, removes }, named);
    const [from] = origins;
    const steps = stepsOf({ to, origins, weights, shares, removes });
    const leads = steps.some(({ kind }) => kind === "lead");
    if (from !== undefined)
      refuseToLead({ from, to, leads }, ways, isPlan || settings.loadBalancerController === true);
    const { plan, cost } = await planMove({ to, from }, ways);
    const move = {
      ...{ to, from, weights, steps, drainSeconds, cost },
      domainName: records.domainName,
      // The new one counts for answers that resolvers get from now on, an older one for those that they have.
      ttlSeconds: Math.max(records.ttlSeconds, configured.ttlSeconds),
      titles: Object.fromEntries(ways.map(({ name, title }) => [name, title])),
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
