/** From what a scenario measured to what reports and programs read. */
import type { FindingResult, ScenarioResult, ShownOutcome, Timeline } from "../result/scenarioSchema.ts";
import type { Outcome } from "./outcome.ts";
import { verdictOf } from "./scenario.ts";
import type { FindingVerdict, Unit } from "../result/scenarioSchema.ts";
import type { Finding, Value } from "./scenario.ts";

export function resultOf(
  { id, title, question }: Pick<ScenarioResult, "id" | "title" | "question">,
  ran: {
    readonly made: Date;
    readonly seconds: number;
    readonly findings: readonly Finding[];
    readonly failure?: string;
    readonly timelines?: readonly Timeline[];
  },
): ScenarioResult {
  return {
    id,
    title,
    question,
    made: ran.made.toISOString(),
    seconds: Math.round(ran.seconds * 10) / 10,
    failure: ran.failure ?? null,
    findings: ran.findings.map(findingResult),
    ...(ran.timelines === undefined || ran.timelines.length === 0 ? {} : { timelines: [...ran.timelines] }),
  };
}

function findingResult(finding: Finding): FindingResult {
  const { title, unit, left, right, expected } = finding;
  const verdict = verdictOf(finding);
  return {
    title,
    unit,
    left: shown(left, unit),
    right: shown(right, unit),
    relation: relationOf(left, right, verdict),
    expected: expected.sentence,
    source: expected.source,
    verdict,
    headline: finding.headline ?? false,
  };
}

function shown(outcome: Outcome<Value>, unit: Unit): ShownOutcome {
  const { kind } = outcome;
  if (kind !== "measured") return { kind, value: null, text: outcome.reason, detail: "" };
  const { value, detail = "" } = outcome;
  return { kind, value, text: valueText(value, unit), detail };
}

/** Units that have a singular. */
const singular: Partial<Readonly<Record<Unit, string>>> = {
  requests: "request",
  addresses: "address",
  objects: "object",
};

/** With as many digits as mean something. */
function valueText(value: Value, unit: Unit): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  const digits = Number.isInteger(value) ? 0 : value >= 100 ? 1 : 2;
  const noun = value === 1 ? (singular[unit] ?? unit) : unit;
  return `${value.toFixed(digits)} ${noun}`.trimEnd();
}

/** The ratio of two numbers; their difference if one is 0. Words are equal, or alike as expected, or not. */
function relationOf(left: Outcome<Value>, right: Outcome<Value>, verdict: FindingVerdict): string {
  if (left.kind !== "measured" || right.kind !== "measured") return "";
  const [a, b] = [left.value, right.value];
  if (typeof a !== "number" || typeof b !== "number") return a === b ? "=" : verdict === "same" ? "~" : "≠";
  if (a === b) return "=";
  if (a > 0 && b > 0) return `× ${(b / a).toFixed(2)}`;
  const difference = Number(Math.abs(b - a).toFixed(2));
  return difference === 0 ? "~" : `${b > a ? "+" : "−"}${difference}`;
}

export type ScenariosVerdict = "alike" | "different" | "incomplete";

/** `different` if anything was; else `incomplete` if anything was not measured. */
export function scenariosVerdict(results: readonly ScenarioResult[]): ScenariosVerdict {
  const verdicts = results.flatMap(({ findings }) => findings.map(({ verdict }) => verdict));
  if (verdicts.includes("different")) return "different";
  const silent =
    verdicts.includes("unreachable") ||
    verdicts.includes("skipped") ||
    results.some(({ failure, findings }) => failure !== null || findings.length === 0);
  return silent ? "incomplete" : "alike";
}
