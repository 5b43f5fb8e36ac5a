/** Scale: what many exposures of each kind cost, and how the cost grows. */
import { provideDevPulumi } from "../cli/devPulumi.ts";
import { provideLabTools } from "../cli/devLab.ts";
import { provideBenchMachine } from "./benchLab.ts";
import { wholeNumber, wholeNumbers, yesOrNo } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { inTurns } from "./rounds.ts";
import type { Benchmark, Running } from "./benchmark.ts";
import type { Figures } from "./scale/figures.ts";
import { arrivals, measureExposures, timeScale } from "./scale/measure.ts";
import { kinds } from "./clouds/cloud.ts";
import type { Kind } from "./clouds/cloud.ts";
import { kindReport, memoryReport, ratioReport } from "./scale/report.ts";
import { memoryGrowth, scaleResults } from "./scale/result.ts";

const defaults = { sizes: [1, 10, 50, 200], rounds: 1, minutes: 20 } as const;
/** The lab has addresses for so many load balancers. */
const mostExposures = 250;

export const scale: Benchmark = {
  about: "many exposures of each kind: time of preview and up, memory, rule sets, a new pod's first answer",
  options: {
    sizes: [
      "LIST",
      `numbers of exposures, separated by commas (default: ${defaults.sizes.join(",")}; at most ${mostExposures})`,
    ],
    rounds: ["N", `deployments of each size and kind, each on a new lab (default: ${defaults.rounds})`],
    minutes: [
      "N",
      `time limit of one deployment; a size that takes longer is left out (default: ${defaults.minutes})`,
    ],
    checkpoints: [
      "yes|no",
      "whether Pulumi writes its state after each step, where a large `up` spends most of its time (default: yes)",
    ],
  },
  run,
};

async function run(running: Running): Promise<Outcome> {
  const { progress, signal, given } = running;
  const sizes = wholeNumbers(given, "sizes", defaults.sizes, mostExposures);
  const rounds = wholeNumber(given, "rounds", defaults.rounds, 20);
  const minutes = wholeNumber(given, "minutes", defaults.minutes, 240);
  const checkpoints = yesOrNo(given, "checkpoints", true);
  const tools = await provideLabTools(await provideBenchMachine(running));
  await provideDevPulumi(running);
  const name = (kind: Kind, size: number): string => `${size} ${kind}${size === 1 ? "" : "s"}`;
  const measured = await progress.step("scale", (report) => {
    let doing = "";
    const within = { rounds, signal, report: (line: string) => report((doing = line)) };
    const contenders = sizes.flatMap((count) =>
      kinds.map((kind) => ({
        name: name(kind, count),
        measure: () =>
          inTime(minutes, signal, (inTimeSignal) =>
            measureExposures({
              ...{ tools, kind, count, checkpoints },
              signal: inTimeSignal,
              report: (line) => report(`${doing}: ${line}`),
            }),
          ),
      })),
    );
    return inTurns(contenders, within);
  });
  const figuresOf = (kind: Kind, size: number): readonly Figures[] =>
    (measured.get(name(kind, size)) ?? []).flatMap((figures) => figures ?? []);
  const done = sizes.filter((size) => kinds.every((kind) => figuresOf(kind, size).length === rounds));
  const [smallest] = done;
  if (smallest === undefined)
    throw new Error(`no size was finished within ${minutes} minutes; give more --minutes or smaller --sizes`);
  const late = sizes.filter((size) => !done.includes(size));
  const results = scaleResults(done, figuresOf);
  const largest = done.at(-1) ?? smallest;
  const memoryOf = (kind: Kind) => memoryGrowth(figuresOf(kind, smallest), figuresOf(kind, largest));
  const memory = {
    NodePortExposure: memoryOf("NodePortExposure"),
    LoadBalancerExposure: memoryOf("LoadBalancerExposure"),
  };
  return {
    title: "Scale",
    method: method(rounds, checkpoints),
    figures: [
      ...kinds.map((kind) => kindReport(kind, done, results)),
      ratioReport(done, results),
      memoryReport([smallest, largest], memory),
    ].join("\n\n"),
    results: { rounds, sizes: done, late, checkpoints, metrics: results, memory },
    doesNotShow: [
      ...doesNotShow,
      ...late.map(
        (size) => `${size} exposures of each kind: a deployment took longer than ${minutes} minutes.`,
      ),
    ],
  };
}

/** @returns undefined if the action takes longer */
async function inTime<T>(
  minutes: number,
  signal: AbortSignal,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const timeOut = AbortSignal.timeout(minutes * 60_000);
  try {
    return await action(AbortSignal.any([signal, timeOut]));
  } catch (error) {
    signal.throwIfAborted();
    if (!timeOut.aborted) throw error;
    return undefined;
  }
}

function method(rounds: number, checkpoints: boolean): string[] {
  return [
    "Each size of each kind is one stack on one new lab without any state: one app with one pod behind that many exposures, each with one port open to everybody.",
    checkpoints
      ? "Pulumi keeps its state in a file, and writes all of it before and after each step, as it does by default."
      : "Pulumi writes its state only at the end of an update (`PULUMI_SKIP_CHECKPOINTS`), which is not its default.",
    `${rounds === 1 ? "One round" : `${rounds} rounds`}, in turns, in another order each round; a figure is the median over the rounds. In parentheses: how many times the figure of the smallest size.`,
    "Growth: what is added to the smallest size's figure grows with the number of added exposures to the power of the exponent, by least squares of the logarithms; an exponent from 0.8 to 1.2 is called linear, and at most a tenth more than the smallest size's figure no growth.",
    "Processor time: of Pulumi, its plug-ins and the program, without the lab. On a machine with other work it tells more than elapsed time.",
    "Memory: proportional set sizes of all of the lab's processes, once all targets are healthy.",
    `New pod: the app is scaled from one pod to two. From when the API server reports the pod ready until it answers through the first of the load balancers, and through all; median of ${arrivals} on each lab. A client sends 500 requests per second in total to the load balancers through which the new pod has not answered yet; every second answer could be from it.`,
    `The load balancers' clocks run ${timeScale} times as fast as AWS's; no figure depends on one. The account's quota of rules in a security group is raised to what is needed.`,
  ];
}

const doesNotShow: readonly string[] = [
  "How long AWS takes to create a load balancer: minutes, not the emulator's milliseconds, regardless of who requests it.",
  "AWS's limits on API calls per second, which slow both ways down.",
  "Quotas: at these sizes AWS has to raise two of its defaults, 50 Network Load Balancers per region and 60 rules per security group.",
];
