/** What a scenario showed, in the published schema. */
import * as v from "valibot";

/** Units of a finding's values; empty for words. */
export const units = ["", "%", "requests", "s", "ms", "addresses", "objects"] as const;
export type Unit = (typeof units)[number];

/**
 * `same`: the same on both sides, and as documented. `as documented`: different, as documented. `different`: not as documented, different without a reason,
 * or the same where the documentation says that they differ.
 */
export const findingVerdicts = ["same", "as documented", "different", "unreachable", "skipped"] as const;
export type FindingVerdict = (typeof findingVerdicts)[number];

const text = v.string();
/** A field whose meaning is part of the published schema. */
const described = <T extends v.GenericSchema>(description: string, of: T) =>
  v.pipe(of, v.description(description));

const outcome = v.object({
  kind: described(
    "`unreachable`: tried, but something that it needs did not answer. `skipped`: deliberately not tried.",
    v.picklist(["measured", "unreachable", "skipped"]),
  ),
  value: described(
    "In the finding's unit; null if it was not measured.",
    v.nullable(v.union([v.number(), text, v.boolean()])),
  ),
  text: described("The value for a reader, or the reason why there is none.", text),
  detail: described(
    "Details of the value, such as how many requests were sent and why some were lost; may be empty.",
    text,
  ),
});

const finding = v.object({
  title: described("Unique in its scenario.", text),
  unit: v.picklist(units),
  left: outcome,
  right: outcome,
  relation: described(
    "The right value compared with the left one: `=`, `≠`, `~` if they are the same within chance, a ratio such as `× 1.02`, or a difference such as `+3`; empty if one was not measured.",
    text,
  ),
  expected: described("The value that the documentation says, in words.", text),
  source: text,
  verdict: described(
    "`same`: the same on both sides, and as documented. `as documented`: different, as documented. `different`: not as documented, different without a reason, or the same where the documentation says that they differ.",
    v.picklist(findingVerdicts),
  ),
  headline: described("Whether it is one of the most important findings of its scenario.", v.boolean()),
});

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const bin = v.object({
  sent: described("Requests sent in this bin.", count),
  lost: described("Requests of this bin that were lost. All others were answered.", count),
  answers: described(
    "Answered requests of this bin by who answered: names of pods or nodes, as `answeredBy` says. Empty where an answer names nobody, as with a plain TCP connection.",
    v.record(text, count),
  ),
});

const timelineSide = v.object({
  bins: described(
    "In order and without gaps; as many on both sides. Empty if nothing was measured on this side.",
    v.array(bin),
  ),
  events: described(
    "What the scenario did to this side, in order.",
    v.array(
      v.object({
        seconds: described("Since the first bin began.", v.number()),
        title: described("Two or three words, such as `pod killed`.", text),
      }),
    ),
  ),
});

/** One kind of request over time. Scenarios make it of their samples with `timelineOf` in `comparison/scenarios/traffic/timeline.ts`. */
const timeline = v.object({
  title: described(
    "Unique in its scenario: what was sent, and when, such as `new connections while a pod is killed`.",
    text,
  ),
  binSeconds: described("How long a bin lasts.", v.pipe(v.number(), v.gtValue(0))),
  answeredBy: described("What the keys of `answers` name.", v.picklist(["pod", "node"])),
  left: timelineSide,
  right: timelineSide,
});

export const scenarioSchema = v.object({
  id: text,
  title: text,
  question: text,
  made: described("When it began, in ISO 8601.", text),
  seconds: described("How long it took.", v.number()),
  failure: described("Why nothing was measured; null if something was.", v.nullable(text)),
  findings: v.array(finding),
  timelines: described(
    "Requests over time, where a scenario sends them while something happens: both sides from the same moment on. Left out by other scenarios.",
    v.optional(v.array(timeline)),
  ),
});

export type ScenarioResult = v.InferOutput<typeof scenarioSchema>;
export type FindingResult = v.InferOutput<typeof finding>;
export type Timeline = v.InferOutput<typeof timeline>;
export type TimelineSide = v.InferOutput<typeof timelineSide>;
export type ShownOutcome = v.InferOutput<typeof outcome>;
