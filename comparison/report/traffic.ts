/** The rows of every table of requests. */
import type { Comparison, TrafficReport } from "../result/comparison.ts";
import { podName } from "../result/words.ts";

export interface TrafficRow {
  readonly title: string;
  /** One for each report; lines are separated by line feeds. */
  readonly values: readonly string[];
}

export function trafficRows({ traffic }: Comparison): TrafficRow[] {
  const row = (title: string, of: (report: TrafficReport) => string): TrafficRow => ({
    title,
    values: traffic.map(of),
  });
  return [
    row("answered", ({ answered, sent }) => `${answered} of ${sent}`),
    row("by pod", ({ byPod }) => counts(byPod, podName)),
    row("by node", ({ byNode }) => counts(byNode, (name) => name)),
    row("client address seen", ({ clientAddresses }) => clientAddresses.join("\n")),
  ];
}

/** What went wrong on either side. */
export function trafficFaults({ traffic }: Comparison): string[] {
  return traffic.flatMap(({ side, shortcomings }) => shortcomings.map((fault) => `${side}: ${fault}`));
}

function counts(by: Readonly<Record<string, number>>, named: (name: string) => string): string {
  return Object.entries(by)
    .map(([name, times]) => `${named(name)}: ${times}`)
    .join("\n");
}
