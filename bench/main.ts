/** `npm run bench -- NAME`: measurements as ratios within one run. */
import { exitCodes, runCommand, UsageError } from "../cli/command.ts";
import { showProgress, unseen } from "../cli/progress.ts";
import type { Row, Usage } from "../cli/usage.ts";
import type { Benchmark } from "./benchmark.ts";
import { controllerCost } from "./controllerCost.ts";
import { dataPath } from "./dataPath.ts";
import { labStart } from "./labStart.ts";
import { describeMachine, watchMachineLoad } from "./machine.ts";
import { outcomeJson, outcomeReport } from "./outcome.ts";
import { scale } from "./scale.ts";
import { sharing } from "./sharing.ts";

const benchmarks: Readonly<Record<string, Benchmark>> = {
  "data-path": dataPath,
  scale,
  sharing,
  "lab-start": labStart,
  "controller-cost": controllerCost,
};

const all = Object.entries(benchmarks);

const usage: Usage = {
  command: "npm run bench",
  args: "-- NAME [OPTIONS]",
  about: [
    "Measures on labs of its own, which it starts and removes. A lab that is already running is not touched, but uses its share of the machine. Prints Markdown.",
  ],
  tables: {
    Benchmarks: all.map(([name, { about }]): Row => [name, about]),
    ...Object.fromEntries(
      all.map(([name, { options }]) => [
        `Options of ${name}`,
        Object.entries(options).map(([option, [value, meaning]]): Row => [`--${option} ${value}`, meaning]),
      ]),
    ),
  },
  options: [["--json", "print JSON instead"]],
  examples: [
    ["npm run bench -- data-path --rounds 3 --proxies haproxy", "a short run with one proxy"],
    ["npm run bench -- scale --sizes 1,10 --json", "two sizes, for programs"],
  ],
  exitCodes: [
    ["0", "measured, whatever the results"],
    ["1", "something failed"],
    ["2", "wrong call"],
  ],
};

const optionNames = new Set(all.flatMap(([, { options }]) => Object.keys(options)));

await runCommand({
  usage,
  options: {
    json: { type: "boolean" },
    ...Object.fromEntries([...optionNames].map((name) => [name, { type: "string" as const }])),
  },
  positionals: 1,
  async run({ positionals, values: { json, help: _help, ...rest } }, signal) {
    const [word = ""] = positionals;
    const benchmark = benchmarks[word];
    const complaint = word === "" ? "no benchmark is given" : `unknown benchmark "${word}"`;
    if (benchmark === undefined) throw new UsageError(complaint);
    for (const name of Object.keys(rest))
      if (!Object.hasOwn(benchmark.options, name))
        throw new UsageError(`--${name} is not an option of ${word}`);
    const given = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
    const date = new Date();
    const machineLoad = watchMachineLoad();
    const progress = json === true ? unseen : showProgress();
    const outcome = await benchmark.run({ progress, signal, given });
    const circumstances = { date, machine: describeMachine(), machineLoad: machineLoad() };
    console.log(
      json === true ? outcomeJson(outcome, circumstances) : `\n${outcomeReport(outcome, circumstances)}`,
    );
    return exitCodes.success;
  },
});
