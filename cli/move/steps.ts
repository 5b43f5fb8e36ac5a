/** The steps that lead clients from one way to another, decided from where their records lead them now. */

/** Of the records of all ways, by the ways' names: a way's share of the clients is its weight divided by the sum. */
export type Weights = Readonly<Record<string, number>>;

export type Step =
  /** The ways as they are declared, with healthy members. The records lead clients as they did. */
  | { readonly kind: "provide"; readonly weights: Weights }
  /** Whether both ways are equivalent. */
  | { readonly kind: "compare" }
  /** Other weights, and then the time to live of what resolvers know. */
  | { readonly kind: "lead"; readonly weights: Weights }
  /** The time to live once more: nobody knows when the records were changed. */
  | { readonly kind: "wait" }
  /** Until no connection leads through this way. */
  | { readonly kind: "drain"; readonly way: string }
  /** The way with its record, its load balancer and its Service. */
  | { readonly kind: "remove"; readonly way: string; readonly weights: Weights };

export interface Move {
  readonly to: string;
  /** Undefined if there is no other way any more. */
  readonly from: string | undefined;
  /** Of the records as they are. */
  readonly weights: Weights;
  /** What the way gets of the clients, one after another, in percent: ascending, the last at most 100. */
  readonly shares: readonly number[];
  /** Whether the old way goes at the end. */
  readonly removes: boolean;
}

/** In percent. If all weights are 0, DNS answers with all records alike. */
export function shareOf(weights: Weights, way: string): number {
  const all = Object.values(weights);
  const sum = all.reduce((total, weight) => total + weight, 0);
  const weight = weights[way];
  if (weight === undefined) return 0;
  return sum === 0 ? 100 / all.length : (100 * weight) / sum;
}

/** @param weights with those of other ways, which have no clients */
export function weightsFor(
  { to, from }: { readonly to: string; readonly from: string },
  share: number,
  weights: Weights = {},
): Weights {
  return { ...weights, [from]: 100 - share, [to]: share };
}

/**
 * The way that clients come from: the only other one that has any, or else the first other one.
 *
 * @throws if several others have clients: who comes from two ways cannot be led by one comparison
 */
export function originOf(weights: Weights, to: string): string | undefined {
  const others = Object.keys(weights).filter((way) => way !== to);
  const withClients = others.filter((way) => shareOf(weights, way) > 0);
  if (withClients.length <= 1) return withClients[0] ?? others[0];
  const [one = "", other = ""] = withClients.map((way) => way.toLowerCase());
  throw new Error(
    `clients are led to ${one} and to ${other}; end that move first: npm run move -- --to ${one}, or --to ${other}`,
  );
}

/**
 * What is left to do. It depends on the records alone, so a move that was stopped goes on with the same call, and goes back with the other way as its target.
 *
 * A way is compared before it gets more clients, unless it has most of them already. That it has some does not say that it was compared: weights can be set by hand, and
 * from the first deployment on. Going back to where most clients are must not be refused.
 */
export function stepsOf({ to, from, weights, shares, removes }: Move): Step[] {
  const provided = { ...weights, [to]: weights[to] ?? 0 };
  // Also without anything to move: a removal that was killed may have left something.
  if (from === undefined) return [{ kind: "provide", weights }];
  const share = shareOf(provided, to);
  const ahead = shares.filter((next) => next > share);
  const isLast = shares.at(-1) === 100;
  const { [from]: _, ...rest } = weightsFor({ to, from }, 100, provided);
  return [
    { kind: "provide", weights: provided },
    ...(ahead.length > 0 && share <= 50 ? [{ kind: "compare" } as const] : []),
    ...ahead.map((next) => ({ kind: "lead", weights: weightsFor({ to, from }, next, provided) }) as const),
    ...(ahead.length === 0 && isLast ? [{ kind: "wait" } as const] : []),
    ...(isLast ? [{ kind: "drain", way: from } as const] : []),
    ...(isLast && removes ? [{ kind: "remove", way: from, weights: rest } as const] : []),
  ];
}

/** How long the steps wait at most, in seconds, besides what deploying and comparing take. */
export function waitingSeconds(
  steps: readonly Step[],
  { ttlSeconds, drainSeconds }: { readonly ttlSeconds: number; readonly drainSeconds: number },
): number {
  const waits: Readonly<Record<Step["kind"], number>> = {
    provide: 0,
    compare: 0,
    lead: ttlSeconds,
    wait: ttlSeconds,
    drain: drainSeconds,
    remove: 0,
  };
  return steps.reduce((sum, { kind }) => sum + waits[kind], 0);
}
