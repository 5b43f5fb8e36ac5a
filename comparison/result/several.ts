/**
 * The comparison of more than two Services: the first one with each of the others. docs/several.schema.json documents its JSON form, and the field `schema` holds
 * its version: a change that could break a reader takes a new version.
 */
import * as v from "valibot";
import { comparisonSchema } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";

export const severalVersion = "nodeport-vs-loadbalancer/several/v1";

const described = <T extends v.GenericSchema>(description: string, of: T) =>
  v.pipe(of, v.description(description));

export const severalSchema = v.object({
  schema: v.literal(severalVersion),
  made: described("When, in ISO 8601.", v.string()),
  verdict: v.object({
    kind: described(
      "`different` if one of the others is; otherwise `incomplete` if it is not known of one.",
      v.picklist(["equivalent", "different", "incomplete"]),
    ),
    sentence: described("One sentence.", v.string()),
  }),
  comparisons: described(
    "The first Service, on the left, with each of the others.",
    v.array(comparisonSchema),
  ),
});

export type Several = v.InferOutput<typeof severalSchema>;

/** @param comparisons all with the same Service on the left */
export function severalOf(comparisons: readonly [Comparison, ...Comparison[]]): Several {
  const kinds = comparisons.map(({ verdict }) => verdict.kind);
  const kind = (["different", "incomplete"] as const).find((each) => kinds.includes(each)) ?? "equivalent";
  return {
    schema: severalVersion,
    made: comparisons[0].made,
    verdict: { kind, sentence: sentenceOf(kind, comparisons) },
    comparisons: [...comparisons],
  };
}

function sentenceOf(
  kind: Several["verdict"]["kind"],
  comparisons: readonly [Comparison, ...Comparison[]],
): string {
  const first = comparisons[0].left.service;
  const unlike = comparisons.filter(({ verdict }) => verdict.kind === kind).map(({ right }) => right.service);
  const predictions = comparisons.flatMap((each) => each.predictions);
  const having = (outcome: string): number =>
    predictions
      .filter((each) => each.outcome !== "not checked" && each.outcome === outcome)
      .reduce((sum, { checked }) => sum + checked, 0);
  const wrong = predictions.flatMap((each) => each.wrong).length;
  const checked = having("right") + having("wrong");
  const words = { equivalent: "Equivalent", different: "Different", incomplete: "Incomplete" }[kind];
  const predicted = checked === 0 ? "" : `; ${checked - wrong} predictions right, ${wrong} wrong`;
  return `${words}: ${first} and ${unlike.join(", and ")}${predicted}.`;
}
