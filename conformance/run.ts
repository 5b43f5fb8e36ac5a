/** Runs specs of the suite inside a lab. From the router of the nodes' network, nodes and pods are reached as from a machine of the VPC. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiServerUrl } from "../lab/cluster/controlPlane.ts";
import { labFiles, readJson } from "../lab/files.ts";
import { kubeconfig } from "../lab/cluster/kubeconfig.ts";
import { inside } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { nodes } from "../lab/layout.ts";
import { CommandError, run } from "../lab/tools/command.ts";
import type { Preset } from "./presets.ts";
import { specsOf } from "./report.ts";
import type { GinkgoReport, Spec } from "./report.ts";
import type { Suite } from "./suite.ts";

export interface RunOptions {
  readonly lab: Lab;
  readonly suite: Suite;
  readonly preset: Preset;
  /** How many specs run at the same time. */
  readonly processes: number;
  /** Only specs that match this too, as ginkgo's pattern. */
  readonly only?: string | undefined;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
  /** Gets each line that the suite prints. */
  readonly onLine: (line: string) => void;
}

/** @throws if the suite did not run to its end */
export async function runSpecs(options: RunOptions): Promise<readonly Spec[]> {
  const { lab, preset, report, signal, onLine } = options;
  const files = labFiles(lab.directory);
  // Below the lab's directory, which what runs in the lab may write to.
  const directory = join(files.run, "conformance");
  mkdirSync(directory, { recursive: true });
  // The suite runs as the lab's own user, who is not the host's.
  chmodSync(directory, 0o777);
  const access = join(directory, "kubeconfig");
  writeFileSync(access, kubeconfig(join(files.state, "certificates"), "admin", apiServerUrl));
  const place = preset.loadBalancersBy === undefined ? "router" : "client";
  const { command, args } = inside(lab, place, commandLine(options, { access, results: directory }));
  const counter = new SpecCounter(report);
  const last: string[] = [];
  try {
    await run(command, args, {
      signal,
      cwd: "/",
      env: { PATH: process.env.PATH, HOME: "/tmp", TMPDIR: "/tmp" },
      onLine: (line) => {
        onLine(line);
        last.push(line);
        if (last.length > lastLines) last.shift();
        counter.read(line);
      },
    });
  } catch (error) {
    // A failed spec makes ginkgo fail, and is a result.
    if (!(error instanceof CommandError)) throw error;
  }
  const reports = readJson(join(directory, resultsFile)) as GinkgoReport[] | undefined;
  const specs = specsOf(reports ?? []);
  if (specs.length === 0) throw new Error(`no spec has a result:\n${last.join("\n")}`);
  return specs;
}

interface Places {
  /** The kubeconfig. */
  readonly access: string;
  /** The directory for ginkgo's report. */
  readonly results: string;
}

/** So many lines of the suite say why it has no results. */
const lastLines = 20;
const resultsFile = "results.json";

/** https://onsi.github.io/ginkgo/#ginkgo-cli-overview, and the suite's own flags after the dashes. */
export function commandLine(
  { suite, preset, processes, only }: Pick<RunOptions, "suite" | "preset" | "processes" | "only">,
  { access, results }: Places,
): string[] {
  const focus = only === undefined ? preset.focus : preset.focus.map((pattern) => `${pattern}.*${only}`);
  return [
    suite.runner,
    `--procs=${processes}`,
    // Says at once when a spec is done; otherwise ginkgo ends no line before the last one.
    "-v",
    "--no-color",
    "--silence-skips",
    "--timeout=2h",
    "--output-interceptor-mode=none",
    ...focus.map((pattern) => `--focus=${pattern}`),
    ...preset.skip.map((pattern) => `--skip=${pattern}`),
    // ginkgo takes a report's own path for one below the suite's directory.
    `--output-dir=${results}`,
    `--json-report=${resultsFile}`,
    suite.specs,
    "--",
    `--kubeconfig=${access}`,
    "--provider=local",
    `--num-nodes=${nodes.length}`,
    "--disable-log-dump",
    "--dump-logs-on-failure=false",
  ];
}

/** Tells from ginkgo's output how many specs are done. */
export class SpecCounter {
  #total = 0;
  #done = 0;
  #failed = 0;

  readonly #report: (line: string) => void;

  constructor(report: (line: string) => void) {
    this.#report = report;
  }

  read(line: string): void {
    const [, total] = /^Will run (\d+) of \d+ specs/.exec(line) ?? [];
    if (total !== undefined) this.#total = Number(total);
    const done = line.startsWith("•") ? (line.match(/•/g)?.length ?? 0) : 0;
    if (done === 0 && total === undefined) return;
    this.#done += done;
    if (/^• \[(FAILED|PANICKED|TIMEDOUT|INTERRUPTED)\]/.test(line)) this.#failed += 1;
    this.#report(`${this.#done} of ${this.#total} specs, ${this.#failed} failed`);
  }
}
