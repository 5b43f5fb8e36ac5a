/** A comparison on a terminal: what matters most comes first, and the verdict again at the end, where the reader looks last. */
import type { Comparison } from "../../result/comparison.ts";
import { basisOf, kubernetesInWords, when } from "../../result/words.ts";
import { notesOf } from "../notes.ts";
import { titles } from "../titles.ts";
import { aspectTable, markLine, reasonList, unexplained } from "./aspects.ts";
import { firstOf, mostReasons } from "./firstOf.ts";
import { Screen } from "./screen.ts";
import type { ScreenOptions, Style } from "./screen.ts";
import { scenarioSummary } from "./scenarioSummary.ts";
import { costLines, predictionLines, sourceLines, statementLines, trafficLines } from "./sections.ts";

const styles: Readonly<Record<Comparison["verdict"]["kind"], Style>> = {
  equivalent: "green",
  different: "red",
  incomplete: "yellow",
};

const more =
  "The longer reports (--html FILE, --markdown) add who creates, updates, repairs and deletes each object, every value that differs, everything measured of traffic, and all sources.";

export function terminalReport(comparison: Comparison, options: ScreenOptions): string {
  const screen = new Screen(options);
  const { verdict, left, right, limits, scenarios } = comparison;
  const verdictLine = screen.paint(screen.hanging("", verdict.sentence), styles[verdict.kind], "bold");
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [screen.paint(screen.hanging("", title), "bold"), ...lines];
  const blocks: readonly (readonly string[])[] = [
    [verdictLine],
    firstOf(verdict.reasons, mostReasons).map((reason) => screen.hanging("  - ", reason)),
    [
      screen.hanging("", `${basisOf(comparison)} (${when(comparison)}).`),
      ...kubernetesInWords(comparison).map((sentence) => screen.hanging("", sentence)),
      ...[left, right].map(({ title, service }) => screen.hanging("", `${title}: ${service}`)),
    ],
    section(
      titles.opensMore,
      comparison.opensMore.map((rule) => screen.hanging("  - ", rule)),
    ),
    section(titles.unexplained, unexplained(comparison, screen)),
    section(titles.missingSources, sourceLines(comparison, screen)),
    [aspectTable(comparison, screen), markLine(comparison, screen)],
    section(titles.reasons, reasonList(comparison, screen)),
    section(titles.predictions, predictionLines(comparison, screen)),
    ...notesOf(comparison).map(({ title, lines }) =>
      section(
        title,
        lines.map((line) => screen.hanging("  - ", line)),
      ),
    ),
    section(titles.statements, statementLines(comparison, screen)),
    section(titles.traffic, trafficLines(comparison, screen)),
    section(titles.scenarios, scenarioSummary(scenarios, screen)),
    section(titles.cost, costLines(comparison, screen)),
    section(titles.limits, limitLines(limits, screen)),
    [screen.hanging("", more)],
    [verdictLine],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** The first few limits, and how many more there are: those of the lab are a long list. */
function limitLines(limits: readonly string[], screen: Screen): string[] {
  const shown = limits.length > mostLimits ? limits.slice(0, mostLimits - 1) : limits;
  const left = limits.length - shown.length;
  const lines = [...shown, ...(left > 0 ? [`${left} more, listed in the longer reports.`] : [])];
  return lines.map((line) => screen.hanging("  - ", line));
}

const mostLimits = 4;
