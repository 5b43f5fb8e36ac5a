/** Goals for the rate of requests through the load balancers, and whether they are met. */
import type { Ratio } from "../statistics.ts";

/** The contenders. `Direct` is the node port of each way's own Service. */
export const names = {
  pod: "pod",
  ownDirect: "node port of the NodePort Service",
  own: "NodePort + own NLB",
  theirsDirect: "node port of the LoadBalancer Service",
  theirs: "LoadBalancer",
} as const;

export interface Goal {
  readonly of: string;
  readonly against: string;
  /** Bounds of the ratio of requests per second; there is none if left out. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** @param proxies names of the proxies that were measured */
export function goals(proxies: readonly string[]): Goal[] {
  return [
    { of: names.own, against: names.ownDirect, atLeast: 0.95 },
    { of: names.theirs, against: names.theirsDirect, atLeast: 0.95 },
    { of: names.own, against: names.theirs, atLeast: 0.97, atMost: 1.03 },
    ...proxies.flatMap((proxy) => [
      { of: names.own, against: proxy, atLeast: 1 },
      { of: names.theirs, against: proxy, atLeast: 1 },
    ]),
  ];
}

export function isMet({ atLeast = -Infinity, atMost = Infinity }: Goal, { ofMedians }: Ratio): boolean {
  return ofMedians >= atLeast && ofMedians <= atMost;
}

export function goalWords({ atLeast, atMost }: Goal): string {
  if (atLeast === undefined) return atMost === undefined ? "any" : `at most ${atMost}`;
  return atMost === undefined ? `at least ${atLeast}` : `${atLeast} to ${atMost}`;
}
