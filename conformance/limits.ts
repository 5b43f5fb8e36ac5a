/** Why specs fail or skip themselves on the lab where that is no fault of its Services: data only. The first pattern that matches a spec's name or reason counts. */

export interface Limit {
  readonly matches: RegExp;
  readonly reason: string;
}

export const limits: readonly Limit[] = [];

export const limitOf = (name: string, reason: string): Limit | undefined =>
  limits.find(({ matches }) => matches.test(name) || matches.test(reason));
