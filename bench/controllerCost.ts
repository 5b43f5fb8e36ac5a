/** What the cloud's optional controller for load balancers costs the lab: time until it is started, and memory. */
import { setTimeout as sleep } from "node:timers/promises";
import { provideLabTools } from "../cli/devLab.ts";
import { labCloud } from "../lab/clouds/index.ts";
import { provideBenchMachine, withLab } from "./benchLab.ts";
import type { Benchmark, Running } from "./benchmark.ts";
import { benchCloud } from "./clouds/index.ts";
import { costReport, costResults, limits } from "./controllerCost/result.ts";
import type { LabCost } from "./controllerCost/result.ts";
import { measureMemory } from "./scale/memory.ts";
import { wholeNumber } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { inTurns } from "./rounds.ts";

const defaultRounds = 5;
/** The load balancers' clocks do not matter here. */
const timeScale = 20;
/** Until what is done once after a start is done, such as the first reading of all objects. */
const settlingSeconds = 20;

export const controllerCost: Benchmark = {
  about: "what the second controller for load balancers costs the lab: start and memory",
  options: { rounds: ["N", `starts with it and without it (default: ${defaultRounds})`] },
  run,
};

const [without, withIt] = ["without", "with"] as const;

async function run(running: Running): Promise<Outcome> {
  const { progress, signal, given } = running;
  const rounds = wholeNumber(given, "rounds", defaultRounds, 50);
  const controller = labCloud().loadBalancerController?.name;
  if (controller === undefined) throw new Error("the lab's cloud has no second controller to measure");
  const tools = await provideLabTools(await provideBenchMachine(running), { loadBalancerController: true });
  const { loadBalancerController: _left, ...usual } = tools;
  const measured = await progress.step("labs", (report) => {
    const start = (name: string, of: typeof usual) => ({
      name,
      measure: () =>
        withLab({ tools: of, timeScale, signal, report: () => undefined }, async ({ lab, seconds }) => {
          await sleep(settlingSeconds * 1000, undefined, { signal });
          const memory = await measureMemory(lab, benchCloud().programs, signal);
          return { seconds, memory } satisfies LabCost;
        }),
    });
    return inTurns([start(without, usual), start(withIt, tools)], { rounds, signal, report });
  });
  const results = costResults(measured.get(without) ?? [], measured.get(withIt) ?? []);
  return {
    title: `The cost of the ${controller} to the lab`,
    method: [
      "A lab without any state, with the controller and without it, from the same executables. Nothing is deployed.",
      `Start: until the cluster's nodes are ready and its controllers serve, with the controller's webhooks among them. Memory: proportional set sizes of all of the lab's processes, ${settlingSeconds} s later; 1 MB is 10^6 bytes.`,
      `${rounds} rounds in turns, in another order each round. Median, with the smallest and the largest in parentheses. A ratio is that of the medians, and what it adds is the median of the differences, both with the smallest and the largest within one round.`,
      `The limits are the project's own: ${limits.seconds} s and ${limits.megabytes} MB.`,
    ],
    figures: costReport(results),
    results: { rounds, ...results },
    doesNotShow: [
      "The first build of the controller: minutes, once.",
      "What it takes once it serves Services: its memory grows with them.",
    ],
  };
}
