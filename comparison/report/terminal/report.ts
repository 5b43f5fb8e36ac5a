/** A comparison on a terminal of 80 columns: what matters most at the top, and the verdict again at the end, where the eye is when it is done. */
import type { Comparison } from "../../result/comparison.ts";
import { basisOf, when } from "../../result/words.ts";
import { aspectTable, markLine, reasonList, unexplained } from "./aspects.ts";
import { hanging } from "./layout.ts";
import { paintWith } from "./paint.ts";
import type { Format, Paint } from "./paint.ts";
import { scenarioSummary } from "./scenarioSummary.ts";
import { costLines, predictionLines, sourceLines, statementLines, trafficLines } from "./sections.ts";

const formats: Readonly<Record<Comparison["verdict"]["kind"], Format>> = {
  equivalent: "green",
  different: "red",
  incomplete: "yellow",
};

const more =
  "Who creates, updates, repairs and deletes each object, every single value that differs, all that was measured of traffic, and the sources of all this: in the longer reports, --html FILE and --markdown.";

export interface TerminalOptions {
  readonly colour: boolean;
}

/** @returns lines of at most 80 columns */
export function terminalReport(comparison: Comparison, { colour }: TerminalOptions): string {
  const paint = paintWith(colour);
  const { verdict, left, right, limits } = comparison;
  const sides = [left, right].map(({ title, service }) => hanging("", `${title}: ${service}`));
  const blocks: (string | string[])[] = [
    verdictLine(comparison, paint),
    verdict.reasons.map((reason) => hanging("  - ", reason)),
    [hanging("", `${basisOf(comparison)} (${when(comparison)}).`), ...sides],
    titled("Without a known reason", unexplained(comparison), paint),
    titled("Sources", sourceLines(comparison), paint),
    [aspectTable(comparison, paint), markLine(comparison)],
    titled("Reasons of the differences", reasonList(comparison), paint),
    titled("What the cloud controller was predicted to make", predictionLines(comparison), paint),
    titled("What the question and its answers say", statementLines(comparison, paint), paint),
    titled("Requests", trafficLines(comparison), paint),
    titled("What happens to traffic", scenarioSummary(comparison.scenarios, paint), paint),
    titled("Cost a month", costLines(comparison), paint),
    titled("Not shown here", limitLines(limits), paint),
    [hanging("", more)],
    verdictLine(comparison, paint),
  ];
  return blocks
    .map((block) => (typeof block === "string" ? block : block.join("\n")))
    .filter((block) => block !== "")
    .join("\n\n");
}

/** What a person should know here, and how much more there is: of an imitation, the list is long. */
function limitLines(limits: readonly string[]): string[] {
  const shown = limits.length > mostLimits ? limits.slice(0, mostLimits - 1) : limits;
  const left = limits.length - shown.length;
  const lines = [...shown, ...(left > 0 ? [`${left} more, which the longer reports list.`] : [])];
  return lines.map((line) => hanging("  - ", line));
}

const mostLimits = 4;

function verdictLine({ verdict }: Comparison, paint: Paint): string {
  const lines = hanging("", verdict.sentence).split("\n");
  return lines.map((line) => paint("bold", paint(formats[verdict.kind], line))).join("\n");
}

function titled(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint("bold", title), ...lines];
}
