/** Shows the judgement of manifests; its exit code. */
import { jsonJudgement } from "../comparison/report/judgement.ts";
import { markdownJudgement } from "../comparison/report/markdownJudgement.ts";
import { terminalJudgement } from "../comparison/report/terminal/judgement.ts";
import type { Judgement } from "../comparison/result/judgement.ts";
import { hasColour } from "./colour.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import { verdictCodes } from "./showComparison.ts";

/** @returns the exit code @throws {UsageError} for a format that shows two sides */
export function showJudgement(judgement: Judgement, values: Arguments["values"]): number {
  const [twoSided] = ["html", "picture"].filter((name) => values[name] !== undefined);
  if (twoSided !== undefined)
    throw new UsageError(`--${twoSided} shows two Services; give two files, or two --service`);
  if (values.json === true) console.log(jsonJudgement(judgement));
  else if (values.markdown === true) console.log(markdownJudgement(judgement));
  else console.log(terminalJudgement(judgement, { colour: hasColour(), columns: process.stdout.columns }));
  return judgement.verdict.kind === "judged" ? verdictCodes.equivalent : verdictCodes.incomplete;
}
