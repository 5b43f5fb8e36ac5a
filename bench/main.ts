/** `npm run bench -- NAME`: measurements in ratios, each of one run. */
import { exitCodes, runCommand, UsageError } from "../cli/command.ts";
import { showProgress, unseen } from "../cli/progress.ts";
import { describeMachine, watchCompany } from "./machine.ts";
import { outcomeJson, outcomeReport } from "./outcome.ts";
import type { Benchmark } from "./running.ts";
import { dataPath } from "./dataPath.ts";
import { labStart } from "./labStart.ts";
import { scale } from "./scale.ts";

const benchmarks: Readonly<Record<string, Benchmark>> = {
  "data-path": dataPath,
  scale,
  "lab-start": labStart,
};

const usage = `npm run bench -- NAME [options]

Measures on labs of its own, which it starts and removes: one that you have running stays as it is, but takes its part of
the machine. Prints Markdown.

${Object.values(benchmarks)
  .map((benchmark) => benchmark.usage)
  .join("\n\n")}

  --json             prints JSON instead

Exit codes: 0 measured (whatever came out), 1 something failed, 2 wrong call, 130 stopped by Ctrl-C.`;

const names = [...new Set(Object.values(benchmarks).flatMap(({ options }) => options))];

await runCommand({
  usage,
  options: {
    json: { type: "boolean" },
    ...Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
  },
  positionals: 1,
  async run({ positionals, values: { json, help: _help, ...rest } }, signal) {
    const [word = ""] = positionals;
    const benchmark = benchmarks[word];
    const complaint = word === "" ? "which benchmark?" : `unknown benchmark "${word}"`;
    if (benchmark === undefined) throw new UsageError(`${complaint}\n\n${usage}`);
    const given = Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, typeof value === "string" ? value : undefined]),
    );
    for (const name of Object.keys(given)) {
      if (!benchmark.options.includes(name))
        throw new UsageError(`--${name} is no option of ${word}\n\n${usage}`);
    }
    const date = new Date();
    const company = watchCompany();
    const progress = json === true ? unseen : showProgress();
    const outcome = await benchmark.run({ progress, signal, given });
    const circumstances = { date, machine: describeMachine(), company: company() };
    console.log(
      json === true ? outcomeJson(outcome, circumstances) : `\n${outcomeReport(outcome, circumstances)}`,
    );
    return exitCodes.success;
  },
});
