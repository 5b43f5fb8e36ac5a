/** Asks sources so that one's failure stays its own: what they say is an outcome, and never an error. */
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import { reasonOf } from "./reasons.ts";
import { within } from "./timeLimit.ts";
import type { AskedSource, TimeoutSeconds } from "./timeLimit.ts";

export type Ask = <T>(
  source: AskedSource,
  question: (signal: AbortSignal) => Promise<T>,
) => Promise<SourceResult<T>>;

/** @param ended ends what is still being asked when nobody waits for it any more */
export function asking(timeoutSeconds: TimeoutSeconds, ended: AbortSignal): Ask {
  return async (source, question) => {
    try {
      return known(await within(timeoutSeconds[source], ended, question));
    } catch (error) {
      return { kind: "unreachable", reason: reasonOf(error, source) };
    }
  };
}

/** What a report has a row for, which says why it is not known. */
const saidElsewhere: readonly string[] = ["the Service", "the load balancer"];

/**
 * Asks what only other facts make it possible to ask.
 * @param needed by what people call it
 */
export async function given<T extends object, R>(
  needed: { readonly [K in keyof T]: Promise<SourceResult<T[K]>> },
  ask: (facts: T) => Promise<SourceResult<R>>,
): Promise<SourceResult<R>> {
  const facts: Partial<T> = {};
  for (const name of Object.keys(needed) as (keyof T & string)[]) {
    const said = await needed[name];
    if (said.kind !== "known") {
      const reason = `not known without ${name}`;
      return { kind: said.kind, reason: saidElsewhere.includes(name) ? reason : `${reason}: ${said.reason}` };
    }
    facts[name] = said.facts;
  }
  return ask(facts as T);
}
