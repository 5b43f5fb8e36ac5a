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
  /** The ways that clients may still come from, as `originsOf` decides. The first is the one that is compared and removed. */
  readonly origins: readonly string[];
  /** Of the records as they are. */
  readonly weights: Weights;
  /** What the way gets of the clients, one after another, in percent: ascending, the last at most 100. */
  readonly shares: readonly number[];
  /** Whether the first of the origins goes at the end. */
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
 * The ways that clients may still come from: the only other one that has any. If none has, their connections may be at every other one, unless one is named. Nothing if there is no other, or
 * if the named one is removed.
 *
 * @param named by whoever moves. A removal among several needs that: once no way has clients, the records do not tell which one had them
 * @throws if clients come from another than the named one, or from several: who comes from two ways cannot be led by one comparison
 */
export function originsOf(
  { weights, to, removes }: Pick<Move, "weights" | "to" | "removes">,
  named?: string,
): readonly string[] {
  const others = Object.keys(weights).filter((way) => way !== to);
  const withClients = others.filter((way) => shareOf(weights, way) > 0);
  const [one = "", other = ""] = withClients.map((way) => way.toLowerCase());
  if (withClients.length > 1)
    throw new Error(
      `clients are led to ${one} and to ${other}; end that move first: npm run move -- --to ${one}, or --to ${other}`,
    );
  if (named === to)
    throw new Error(`--from and --to both name ${to.toLowerCase()}; give --from another way, or omit it`);
  if (named !== undefined && one !== "" && one !== named.toLowerCase())
    throw new Error(
      `clients are led to ${one}, and --from names ${named.toLowerCase()}; lead them from there: --from ${one}`,
    );
  if (named !== undefined) return others.filter((way) => way === named);
  if (removes && others.length > 1)
    throw new Error(
      `there are ${others.length} other ways, and --remove removes one of them; say which: ${others.map((way) => `--from ${way.toLowerCase()}`).join(", or ")}`,
    );
  return withClients.length > 0 ? withClients : others;
}

/**
 * What is left to do. It depends on the records alone, so a move that was stopped goes on with the same call, and goes back with the other way as its target.
 *
 * A way is compared before it gets more clients, unless it has most of them already. That it has some does not say that it was compared: weights can be set by hand, and
 * from the first deployment on. Going back to where most clients are must not be refused.
 */
export function stepsOf({ to, origins, weights, shares, removes }: Move): Step[] {
  const [from] = origins;
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
    ...(isLast ? origins.map((way) => ({ kind: "drain", way }) as const) : []),
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
