/** One load balancer for many Services, compared with one each. */
import { provideLabTools } from "../cli/devLab.ts";
import { provideDevPulumi } from "../cli/devPulumi.ts";
import { provideBenchMachine } from "./benchLab.ts";
import type { Benchmark, Running } from "./benchmark.ts";
import { arrangements } from "./clouds/cloud.ts";
import type { Arrangement } from "./clouds/cloud.ts";
import { benchCloud } from "./clouds/index.ts";
import { wholeNumber, wholeNumbers } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { inTurns } from "./rounds.ts";
import { measureArrangement } from "./sharing/measure.ts";
import { sharingReport, sharingResults } from "./sharing/result.ts";

const defaults = { sizes: [1, 10, 50], rounds: 1 } as const;

export const sharing: Benchmark = {
  about: "one load balancer for many Services, compared with one each: time of up, calls, objects, cost",
  options: {
    sizes: [
      "LIST",
      `numbers of Services, separated by commas (default: ${defaults.sizes.join(",")}; at most as many as a load balancer has listeners)`,
    ],
    rounds: [
      "N",
      `deployments of each size and arrangement, each on a new lab (default: ${defaults.rounds})`,
    ],
  },
  run,
};

async function run(running: Running): Promise<Outcome> {
  const { progress, signal, given } = running;
  const cloud = benchCloud();
  const sizes = wholeNumbers(given, "sizes", defaults.sizes, cloud.mostListeners);
  const rounds = wholeNumber(given, "rounds", defaults.rounds, 20);
  const tools = await provideLabTools(await provideBenchMachine(running));
  await provideDevPulumi(running);
  const name = (arrangement: Arrangement, size: number): string => `${size}, ${arrangement}`;
  const measured = await progress.step("labs", (report) => {
    let doing = "";
    const contenders = sizes.flatMap((count) =>
      arrangements.map((arrangement) => ({
        name: name(arrangement, count),
        measure: () =>
          measureArrangement({
            ...{ tools, arrangement, count, signal },
            report: (line) => report(`${doing}: ${line}`),
          }),
      })),
    );
    return inTurns(contenders, { rounds, signal, report: (line) => report((doing = line)) });
  });
  const results = sharingResults(sizes, (arrangement, size) => measured.get(name(arrangement, size)) ?? []);
  return {
    title: "One load balancer for many Services",
    method: [
      "Each number of Services in each arrangement is one stack on one new lab without any state: one app with one pod behind that many Services, each with one port open to everybody. On a shared load balancer each has its own listener, on a port of its own.",
      `${rounds === 1 ? "One round" : `${rounds} rounds`}, in turns, in another order each round; a figure is the median over the rounds. In parentheses: relative to one shared load balancer for as many Services.`,
      "Pulumi keeps its state in a file, and writes all of it before and after each step, as it does by default.",
      "Calls: those during `up` that change the account, of whoever makes them. Cost: of the load balancers and their public addresses for a month, without traffic.",
    ],
    figures: sharingReport(sizes, results),
    results: { rounds, sizes, metrics: results },
    doesNotShow: [
      "How long AWS takes to create a load balancer: minutes, not the emulator's milliseconds. One instead of fifty is one wait instead of fifty.",
      "AWS's limits on API calls per second, which slow down whoever makes more of them.",
      "What Services on one load balancer share besides its cost: its address, its capacity and its failures.",
    ],
  };
}
