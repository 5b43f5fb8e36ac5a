/** What a scenario showed, in the published schema. */
import * as v from "valibot";
import { findingVerdicts, units } from "../scenarios/scenario.ts";

const text = v.string();
/** A field whose meaning is part of the published schema. */
const described = <T extends v.GenericSchema>(description: string, of: T) =>
  v.pipe(of, v.description(description));

const outcome = v.object({
  kind: described(
    "`unreachable`: it was tried, and what it needs did not answer. `skipped`: it was not tried, on purpose.",
    v.picklist(["measured", "unreachable", "skipped"]),
  ),
  value: described(
    "In the finding's unit; null if it was not measured.",
    v.nullable(v.union([v.number(), text, v.boolean()])),
  ),
  text: described("The value as a person reads it, or the reason why there is none.", text),
  detail: described(
    "What the value leaves out, such as how many requests were sent and why some were lost; may be empty.",
    text,
  ),
});

const finding = v.object({
  title: described("Unique in its scenario.", text),
  unit: v.picklist(units),
  left: outcome,
  right: outcome,
  relation: described(
    "The right side's value against the left's: `=`, `≠`, `~` where they are as alike as chance permits, a ratio such as `× 1.02`, or a difference such as `+3`; empty if one was not measured.",
    text,
  ),
  expected: described("What the documentation says that it has to be.", text),
  source: text,
  verdict: described(
    "`same`: alike, and as documented. `as documented`: they differ, as they have to. `different`: not as documented, or differing without a reason, or alike where they have to differ.",
    v.picklist(findingVerdicts),
  ),
  headline: described("Whether it is one of the one or two that matter most in its scenario.", v.boolean()),
});

export const scenarioSchema = v.object({
  id: text,
  title: text,
  question: text,
  made: described("When it began, in ISO 8601.", text),
  seconds: described("How long it took.", v.number()),
  failure: described("Why nothing was measured; null if something was.", v.nullable(text)),
  findings: v.array(finding),
});

export type ScenarioResult = v.InferOutput<typeof scenarioSchema>;
export type FindingResult = v.InferOutput<typeof finding>;
export type ShownOutcome = v.InferOutput<typeof outcome>;
