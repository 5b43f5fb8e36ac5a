/** The outcome of a benchmark, as Markdown and as JSON. */
import type { Machine, MachineLoad } from "./machine.ts";
import { machineLines } from "./machine.ts";

export interface Outcome {
  readonly title: string;
  /** What was compared with what, how often and how. */
  readonly method: readonly string[];
  /** The figures, as Markdown. */
  readonly figures: string;
  /** The figures, for programs. */
  readonly results: unknown;
  readonly doesNotShow: readonly string[];
}

/** When and where. */
export interface Circumstances {
  readonly date: Date;
  readonly machine: Machine;
  readonly machineLoad: MachineLoad;
}

export function outcomeReport(outcome: Outcome, { date, machine, machineLoad }: Circumstances): string {
  const { title, method, figures, doesNotShow } = outcome;
  const when = `Measured on ${date.toISOString().slice(0, 10)} with \`npm run bench\`.`;
  return [
    `## ${title}`,
    [when, ...machineLines(machine, machineLoad)].join(" "),
    items(method),
    figures,
    "What it does not show:",
    items(doesNotShow),
  ].join("\n\n");
}

export function outcomeJson(outcome: Outcome, { date, machine, machineLoad }: Circumstances): string {
  const { figures: _figures, ...rest } = outcome;
  return JSON.stringify({ date: date.toISOString(), machine, company: machineLoad, ...rest }, undefined, 2);
}

const items = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");
