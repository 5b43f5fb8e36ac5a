/** `npm run conformance -- --preset NAME`: Kubernetes' own specs on a lab of their own. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { provideBenchMachine } from "../bench/benchLab.ts";
import { exitCodes, runCommand, UsageError } from "../cli/command.ts";
import { checkout, provideLabTools } from "../cli/devLab.ts";
import { showProgress } from "../cli/progress.ts";
import type { Row, Usage } from "../cli/usage.ts";
import { usualVersion } from "../lab/kubernetesVersions.ts";
import { proxyModes } from "../lab/plan.ts";
import { withSection } from "./document.ts";
import { limitOf } from "./limits.ts";
import { presets } from "./presets.ts";
import { tally } from "./report.ts";
import type { Spec } from "./report.ts";
import { runPreset } from "./runPreset.ts";
import { provideSuite } from "./suite.ts";

const defaults = { preset: "services", processes: "6" } as const;
const results = join(checkout, ".lab", "conformance");
const document = join(checkout, "docs", "conformance.md");

const usage: Usage = {
  command: "npm run conformance",
  args: "-- [OPTIONS]",
  about: [
    "Runs Kubernetes' own end-to-end specs on a lab that it starts and removes. The first run compiles the suite, which takes minutes.",
    `The lab has Kubernetes ${usualVersion}, as the suite has; lab:kubernetesVersion does not change that.`,
    "Prints what failed and what skipped itself, and writes JUnit and the suite's log to .lab/conformance.",
  ],
  tables: { Presets: Object.entries(presets).map(([name, { about }]): Row => [name, about]) },
  options: [
    ["--preset NAME", `the specs to run; ${defaults.preset} if not given`],
    ["--only PATTERN", "of these, only those whose names go on to match"],
    ["--proxy-mode MODE", `kube-proxy's mode: ${proxyModes.join(" or ")}; ${proxyModes[0]} if not given`],
    ["--processes NUMBER", `how many run at the same time; ${defaults.processes} if not given`],
    ["--document", "also write the outcome to docs/conformance.md"],
  ],
  examples: [
    ["npm run conformance", "every spec of Services"],
    ["npm run conformance -- --preset network --only HostPort", "a part of a preset"],
  ],
  exitCodes: [
    ["0", "every spec passed, or fails for a documented limit of the lab"],
    ["1", "a spec failed, or something else did"],
    ["2", "wrong call"],
  ],
};

await runCommand({
  usage,
  options: {
    preset: { type: "string", default: defaults.preset },
    only: { type: "string" },
    "proxy-mode": { type: "string", default: proxyModes[0] },
    processes: { type: "string", default: defaults.processes },
    document: { type: "boolean", default: false },
  },
  async run({ values }, signal) {
    const name = String(values.preset);
    const preset = presets[name];
    if (preset === undefined)
      throw new UsageError(`unknown preset "${name}"; there are ${Object.keys(presets).join(", ")}`);
    const processes = Number(values.processes);
    if (!Number.isInteger(processes) || processes < 1)
      throw new UsageError(`--processes is ${String(values.processes)}; it must be a whole number from 1`);
    const given = String(values["proxy-mode"]);
    const proxyMode = proxyModes.find((mode) => mode === given);
    if (proxyMode === undefined)
      throw new UsageError(`--proxy-mode is "${given}"; there are ${proxyModes.join(", ")}`);
    const only = values.only === undefined ? undefined : String(values.only);

    const progress = showProgress();
    const machine = await provideBenchMachine({ progress, signal }, proxyMode);
    const tools = await provideLabTools(machine);
    const suite = await progress.step(
      "the suite",
      (report) => provideSuite({ signal, report }),
      ({ found }) => (found ? "found in the cache" : "built"),
    );
    const specs = { name, preset, proxyMode, processes, only, results };
    const run = await progress.step(
      `the specs of ${name}`,
      (report) => runPreset({ tools, suite, ...specs, signal, report }),
      (done) => tally(done.specs),
    );
    for (const spec of run.specs) if (spec.outcome !== "passed") console.log(lineOf(spec));
    if (values.document === true) writeFileSync(document, withSection(readFileSync(document, "utf8"), run));
    const isFault = ({ name: spec, outcome, reason }: Spec): boolean =>
      outcome === "failed" && limitOf(spec, reason) === undefined;
    return run.specs.length > 0 && !run.specs.some(isFault) ? exitCodes.success : exitCodes.failure;
  },
});

// Declared, and not assigned: the command above has run when an assignment here would be made.
function lineOf({ name, outcome, reason }: Spec): string {
  return `${outcome}: ${name}\n    ${limitOf(name, reason)?.reason ?? reason}`;
}
