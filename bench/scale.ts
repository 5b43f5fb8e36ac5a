/** Scale: what many exposures of each kind cost, and by what law it grows. */
import { provideDevPulumi } from "../cli/devStack.ts";
import { provideLabTools, provideMachine } from "../cli/devLab.ts";
import { wholeNumber, wholeNumbers, yesOrNo } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { inTurns } from "./rounds.ts";
import type { Benchmark, Running } from "./running.ts";
import type { Figures } from "./scale/figures.ts";
import { arrivals, measureExposures, timeScale } from "./scale/measure.ts";
import { kinds } from "./scale/program.ts";
import type { Kind } from "./scale/program.ts";
import { kindReport, memoryReport, ratioReport } from "./scale/report.ts";
import { memoryGrowth, scaleResults } from "./scale/result.ts";

const defaults = { sizes: [1, 10, 50, 200], rounds: 1, minutes: 20 } as const;
/** So many load balancers have addresses in the lab. */
const most = 250;

export const scale: Benchmark = {
  usage: `scale        many exposures of each kind: time of preview and up, memory, rule sets, a new pod's first answer
  --sizes LIST       how many, with a comma between (default ${defaults.sizes.join(",")}; at most ${most})
  --rounds N         how often each size of each kind is deployed, on a new lab each time (default ${defaults.rounds})
  --minutes N        how long one of them may take (default ${defaults.minutes}); a size that takes longer is left out
  --checkpoints no   lets Pulumi write its state at the end only: after each step is what most of a large \`up\` is for`,
  options: ["sizes", "rounds", "minutes", "checkpoints"],
  run,
};

async function run(running: Running): Promise<Outcome> {
  const { progress, signal, given } = running;
  const sizes = wholeNumbers(given, "sizes", defaults.sizes, most);
  const rounds = wholeNumber(given, "rounds", defaults.rounds, 20);
  const minutes = wholeNumber(given, "minutes", defaults.minutes, 240);
  const checkpoints = yesOrNo(given, "checkpoints", true);
  await provideMachine(running);
  const tools = await provideLabTools(running);
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
    throw new Error(
      `no size was done within ${minutes} minutes: give it more by --minutes, or smaller --sizes`,
    );
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
        (size) => `${size} exposures of each kind: one of them was not done within ${minutes} minutes.`,
      ),
    ],
  };
}

/** Undefined if it takes longer. */
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
    "Each size of each kind is a stack of its own on a lab of its own, without any state before: one app with one pod, and so many exposures in front of it, each with one port open to everybody.",
    checkpoints
      ? "Pulumi keeps its state in a file, and writes all of it before and after each step, as it does by default."
      : "Pulumi writes its state at the end of an update only (`PULUMI_SKIP_CHECKPOINTS`), which it does not by default.",
    `${rounds === 1 ? "One round" : `${rounds} rounds`}, in turns, each in another order; a figure is the median over the rounds. In parentheses, how many times the smallest size's it is.`,
    "Growth: what is added to the smallest size's value goes with how many are added to the power of the exponent, by least squares of the logarithms; from 0.8 to 1.2 it is called linear, and up to a tenth more than the smallest size's no growth.",
    "Processor time: of Pulumi, its plug-ins and the program, not of the lab. On a machine that has other work it tells more than the time that passes.",
    "Memory: proportional set sizes of all of the lab's processes, once all targets are healthy.",
    `New pod: the app is scaled from one pod to two. From the moment when the API server calls the pod ready until it answers through one of the load balancers, and through each; median of ${arrivals} on each lab. A client asks 500 times a second in all, those load balancers that have not led to it yet; every second answer could come of it.`,
    `Load balancers' clocks run ${timeScale} times as fast as AWS's; none of the figures waits for one. The account's quota of rules in a security group is raised to what is needed.`,
  ];
}

const doesNotShow: readonly string[] = [
  "How long AWS takes to make a load balancer: minutes, not the emulator's milliseconds, whoever asks for it.",
  "AWS's limits of API calls a second, which slow both ways down.",
  "Quotas: at these sizes AWS has to raise two of its defaults, 50 Network Load Balancers a region and 60 rules a security group.",
];
