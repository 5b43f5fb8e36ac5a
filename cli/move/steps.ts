/** The steps that lead clients from one way to the other, decided from where their records lead them now. */

/** The two ways, by the names that the configuration has for them. */
export const ways = ["nodePort", "loadBalancer"] as const;
export type Way = (typeof ways)[number];

/** Of the records of both ways: a way's share of the clients is its weight divided by the sum. */
export type Weights = Readonly<Record<Way, number>>;

export type Step =
  /** Both ways as they are declared, with healthy members. The records stay as they are. */
  | { readonly kind: "provide" }
  /** Whether both ways are equivalent. */
  | { readonly kind: "compare" }
  /** Other weights, and then the time to live of what resolvers know. */
  | { readonly kind: "lead"; readonly weights: Weights }
  /** The time to live once more: nobody knows when the records were changed. */
  | { readonly kind: "wait" }
  /** Until no connection leads through this way. */
  | { readonly kind: "drain"; readonly way: Way };

export interface Move {
  readonly to: Way;
  /** Of the records as they are. */
  readonly weights: Weights;
  /** What the way gets of the clients, one after another, in percent: ascending, the last at most 100. */
  readonly shares: readonly number[];
}

export const otherWay = (way: Way): Way => (way === "nodePort" ? "loadBalancer" : "nodePort");

/** In percent. If both weights are 0, DNS answers with both records alike. */
export function shareOf(weights: Weights, way: Way): number {
  const sum = weights.nodePort + weights.loadBalancer;
  return sum === 0 ? 50 : (100 * weights[way]) / sum;
}

export function weightsFor(to: Way, share: number): Weights {
  return to === "nodePort"
    ? { nodePort: share, loadBalancer: 100 - share }
    : { nodePort: 100 - share, loadBalancer: share };
}

/**
 * What is left to do. It depends on the records alone, so a move that was stopped goes on with the same call, and goes back with the other way as its target.
 *
 * A way is compared before it gets more clients, unless it has most of them already. That it has some does not say that it was compared: weights can be set by hand, and
 * from the first deployment on. Going back to where most clients are must not be refused.
 */
export function stepsOf({ to, weights, shares }: Move): Step[] {
  const share = shareOf(weights, to);
  const ahead = shares.filter((next) => next > share);
  const isLast = shares.at(-1) === 100;
  return [
    { kind: "provide" },
    ...(ahead.length > 0 && share <= 50 ? [{ kind: "compare" } as const] : []),
    ...ahead.map((next) => ({ kind: "lead", weights: weightsFor(to, next) }) as const),
    ...(ahead.length === 0 && isLast ? [{ kind: "wait" } as const] : []),
    ...(isLast ? [{ kind: "drain", way: otherWay(to) } as const] : []),
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
  };
  return steps.reduce((sum, { kind }) => sum + waits[kind], 0);
}
