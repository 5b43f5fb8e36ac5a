/** Asks sources so that one source's failure stays its own: each answer is a result, and never an error. */
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { AskedSources } from "./askedSource.ts";
import { reasonOf } from "./reasons.ts";
import { within } from "./timeLimit.ts";

/** @param source one of the sources that are asked, by its name */
export type Ask = <T>(
  source: string,
  question: (signal: AbortSignal) => Promise<T>,
) => Promise<SourceResult<T>>;

export interface AskingOptions {
  /** Instead of a source's own. */
  readonly timeoutSeconds: Readonly<Record<string, number>>;
  /** Ends what is still being asked when nobody waits for it any more. */
  readonly ended: AbortSignal;
}

export function asking(sources: AskedSources, { timeoutSeconds, ended }: AskingOptions): Ask {
  return async (name, question) => {
    const source = sources[name];
    if (source === undefined) throw new Error(`there is no source "${name}"`);
    try {
      return known(await within(timeoutSeconds[name] ?? source.timeoutSeconds, ended, question));
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
    const result = await needed[name];
    if (result.kind !== "known") {
      const reason = `not known without ${name}`;
      return {
        kind: result.kind,
        reason: saidElsewhere.includes(name) ? reason : `${reason}: ${result.reason}`,
      };
    }
    facts[name] = result.facts;
  }
  return ask(facts as T);
}
