/** The data path's results as Markdown. */
import { ratioWords, spreadWords } from "../numbers.ts";
import { table } from "../table.ts";
import { goalWords } from "./goals.ts";
import type { GoalResult, ModeResult } from "./result.ts";

export function modeReport({ mode, contenders, goals }: ModeResult): string {
  const right = "right" as const;
  const figures = table(
    [
      { title: "way" },
      { title: "requests per second", align: right },
      { title: "p50 in ms", align: right },
      { title: "p99 in ms", align: right },
      { title: "relative to the node port", align: right },
      { title: "processor time in µs", align: right },
      { title: "requests per processor second, relative to the node port", align: right },
      { title: "errors", align: right },
    ],
    contenders.map((contender) => [
      contender.name,
      spreadWords(contender.requestsPerSecond),
      spreadWords(contender.p50Milliseconds),
      spreadWords(contender.p99Milliseconds),
      ratioWords(contender.againstNodePort),
      spreadWords(contender.costMicroseconds),
      ratioWords(contender.perProcessorSecondAgainstNodePort),
      String(contender.errors),
    ]),
  );
  return [`### ${mode}`, figures, goalTable(goals)].join("\n\n");
}

function goalTable(goals: readonly GoalResult[]): string {
  return table(
    [
      { title: "requests of" },
      { title: "against" },
      { title: "goal" },
      { title: "per second", align: "right" },
      { title: "" },
      { title: "per processor second", align: "right" },
      { title: "" },
    ],
    goals.map((goal) => [
      goal.of,
      goal.against,
      goalWords(goal),
      ratioWords(goal.ratio),
      metWord(goal.met),
      ratioWords(goal.perProcessorSecond),
      metWord(goal.metPerProcessorSecond),
    ]),
  );
}

const metWord = (met: boolean): string => (met ? "met" : "missed");
