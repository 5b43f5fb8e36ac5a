/** What people read of a run: a summary, each failure and each skip with its reason, and the names of what passed. */
import { markdownTable } from "markdown-table";
import { limitOf } from "./limits.ts";
import type { ProxyMode } from "../lab/plan.ts";
import type { Preset } from "./presets.ts";
import { tally } from "./report.ts";
import type { Spec } from "./report.ts";

export interface Run {
  readonly preset: string;
  readonly about: Preset["about"];
  readonly date: Date;
  /** Of Kubernetes and the suite. */
  readonly version: string;
  /** kube-proxy's. */
  readonly proxyMode: ProxyMode;
  readonly processes: number;
  readonly seconds: number;
  readonly specs: readonly Spec[];
}

/** A section of docs/conformance.md. */
export function section(run: Run): string {
  const { about, date, version, proxyMode, processes, seconds, specs } = run;
  const others = specs.filter(({ outcome }) => outcome !== "passed");
  const passed = specs.filter(({ outcome }) => outcome === "passed");
  const day = date.toISOString().slice(0, 10);
  const took = `${Math.round(seconds / 6) / 10} minutes`;
  return [
    heading(run),
    "",
    `${about[0]?.toUpperCase() ?? ""}${about.slice(1)}. ${day}, Kubernetes ${version} with kube-proxy in ${proxyMode} mode, ${processes} at a time, ${took}: **${tally(specs)}**.`,
    "",
    ...(others.length === 0 ? [] : [table(others), ""]),
    `<details><summary>What passed (${passed.length})</summary>`,
    "",
    ...passed.map(({ name, seconds: taken }) => `- ${plain(name)} (${taken.toFixed(1)} s)`),
    "",
    "</details>",
    "",
  ].join("\n");
}

function table(specs: readonly Spec[]): string {
  const rows = specs.map(({ name, outcome, reason }) => [
    plain(name),
    outcome,
    plain(limitOf(name, reason)?.reason ?? reason),
  ]);
  return markdownTable([["spec", "outcome", "why"], ...rows]);
}

/** Text that Markdown shows as it is. */
const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>|#]/g, (character) => `\\${character}`);

const heading = ({ preset, proxyMode }: Run): string =>
  `## ${preset}${proxyMode === "nftables" ? "" : `, kube-proxy in ${proxyMode} mode`}`;

/** The document with a run's section in the place of the earlier one of its preset and mode, or at the end. */
export function withSection(document: string, run: Run): string {
  const parts = document.split(/^(?=## )/m);
  const isOf = (part: string): boolean => part.startsWith(`${heading(run)}\n`);
  const made = section(run);
  const rest = parts.some(isOf) ? parts.map((part) => (isOf(part) ? made : part)) : [...parts, made];
  return `${rest.map((part) => part.trim()).join("\n\n")}\n`;
}
