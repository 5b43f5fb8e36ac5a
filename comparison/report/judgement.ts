/** The words of a judgement, for all formats. */
import * as v from "valibot";
import { judgementSchema } from "../result/judgement.ts";
import type { JudgedService, Judgement, OwnWay } from "../result/judgement.ts";
import { capitalized, unheededInWords } from "../result/words.ts";

export function outcomeOf(
  service: Pick<JudgedService, "outcome" | "controller">,
  judgement: Pick<Judgement, "controller">,
): string {
  const controller = capitalized(service.controller ?? judgement.controller);
  const words: Readonly<Record<JudgedService["outcome"], string>> = {
    made: `${controller} makes this load balancer:`,
    own: "Its load balancer is your own. By default it is this one:",
    refused: `${controller} refuses it:`,
    "not its own": `${controller} makes nothing that is compared:`,
    "not modelled": `${controller} serves it, and what it makes is not predicted:`,
    "not exposed": "It gets no load balancer:",
    invalid: "The API server refuses it:",
  };
  return words[service.outcome];
}

export function ownOf({
  component,
  verdict,
  reasons,
}: Pick<OwnWay, "component" | "verdict" | "reasons">): string {
  const words: Readonly<Record<OwnWay["verdict"], string>> = {
    equivalent: `${component} makes the same for clients${reasons.length === 0 ? "" : ", with known differences"}:`,
    different: `${component} makes the same for clients, except for what it has no option for:`,
    refused: `${component} does not take the arguments for the same:`,
  };
  return words[verdict];
}

/** Introduces what is refused besides the first reason. */
export const nextRefusals = "Once that is mended, it refuses next:";

/** What to know of a Service, one sentence each. */
export function warningsOf({
  withoutEffect,
  notes,
}: Pick<JudgedService, "withoutEffect" | "notes">): string[] {
  return [...withoutEffect.map(unheededInWords), ...notes];
}

/** @throws if it does not match the schema, which would be a bug of this project */
export function jsonJudgement(judgement: Judgement): string {
  return JSON.stringify(v.parse(judgementSchema, judgement), undefined, 2);
}
