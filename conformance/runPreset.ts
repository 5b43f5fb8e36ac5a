/** Runs a preset on a lab of its own. */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLab } from "../bench/benchLab.ts";
import type { BenchLab } from "../bench/benchLab.ts";
import type { ProxyMode } from "../lab/plan.ts";
import type { Tools } from "../lab/tools/tools.ts";
import { admissions, admit, mutatingPolicies } from "./admission.ts";
import type { Run } from "./document.ts";
import { junit } from "./junit.ts";
import { serveOwnExposures } from "./ownExposures.ts";
import type { Preset } from "./presets.ts";
import { runSpecs } from "./run.ts";
import type { RunOptions } from "./run.ts";
import type { Spec } from "./report.ts";

export interface PresetOptions extends Omit<RunOptions, "lab" | "onLine"> {
  readonly tools: Tools;
  readonly name: string;
  /** kube-proxy's. */
  readonly proxyMode: ProxyMode;
  /** The directory for JUnit and the suite's log, which is written while the suite runs. */
  readonly results: string;
}

/** As fast as on the stack dev. */
const timeScale = 20;

export async function runPreset(options: PresetOptions): Promise<Run> {
  const { tools, suite, name, preset, proxyMode, processes, results, signal, report } = options;
  const date = new Date();
  const flags = preset.loadBalancersBy === undefined ? {} : { apiServerFlags: mutatingPolicies };
  return withLab({ tools, timeScale, proxyMode, ...flags, signal, report }, async (lab) => {
    mkdirSync(results, { recursive: true });
    const log = join(results, `${name}.log`);
    writeFileSync(log, "");
    const onLine = (line: string): void => {
      appendFileSync(log, `${line}\n`);
    };
    await prepare(lab, tools, preset);
    const began = performance.now();
    const specs = await served(lab, tools, preset, signal, (ended) =>
      runSpecs({ ...options, lab: lab.lab, signal: ended, onLine }),
    );
    const seconds = (performance.now() - began) / 1000;
    writeFileSync(join(results, `${name}.xml`), junit(name, specs));
    const { version } = suite;
    return { preset: name, about: preset.about, date, version, proxyMode, processes, seconds, specs };
  });
}

const clusterOf = ({ settings }: BenchLab, { bin }: Tools) => ({ bin, kubeconfig: settings.kubeconfig });

async function prepare(lab: BenchLab, tools: Tools, { loadBalancersBy }: Preset): Promise<void> {
  if (loadBalancersBy !== undefined) await admit(clusterOf(lab, tools), admissions[loadBalancersBy]);
}

/** Runs specs while the program makes their load balancers, if it is to. What fails first ends both. */
async function served(
  lab: BenchLab,
  tools: Tools,
  { loadBalancersBy }: Preset,
  signal: AbortSignal,
  specsUntil: (signal: AbortSignal) => Promise<readonly Spec[]>,
): Promise<readonly Spec[]> {
  if (loadBalancersBy !== "program") return specsUntil(signal);
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const serving = serveOwnExposures(lab, clusterOf(lab, tools), until).catch((error: unknown) => {
    over.abort(error);
    throw error;
  });
  const running = specsUntil(until).finally(() => {
    over.abort();
  });
  const [, specs] = await Promise.all([serving, running]);
  return specs;
}
