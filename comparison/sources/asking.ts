/** Asks sources. A failing source does not affect the others: each answer is a result, never an error. */
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { AskedSources } from "./askedSource.ts";
import { reasonOf } from "./reasons.ts";
import { within } from "./timeLimit.ts";

/** @param source the source's name */
export type Ask = <T>(
  source: string,
  question: (signal: AbortSignal) => Promise<T>,
) => Promise<SourceResult<T>>;

export interface AskingOptions {
  /** Overrides a source's own limit. */
  readonly timeoutSeconds: Readonly<Record<string, number>>;
  /** Aborts pending questions once their answers are not needed. */
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

/** Facts whose own row in the report says why they are not known. */
const saidElsewhere: readonly string[] = ["the Service", "the load balancer"];

/**
 * Asks a question that needs other facts first.
 * @param needed the facts, by their names in sentences
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
