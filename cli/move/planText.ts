/** The plan of a move in words: its steps, their waits, and what both load balancers cost meanwhile. */
import type { Comparison } from "../../comparison/result/comparison.ts";
import { otherWay, shareOf, waitingSeconds } from "./steps.ts";
import type { Step, Way, Weights } from "./steps.ts";

export interface PlannedMove {
  readonly to: Way;
  readonly weights: Weights;
  readonly steps: readonly Step[];
  readonly domainName: string;
  readonly ttlSeconds: number;
  readonly drainSeconds: number;
  readonly titles: Readonly<Record<Way, string>>;
  readonly cost: Pick<Comparison["cost"], "here" | "hoursPerMonth" | "region">;
}

export function planText(move: PlannedMove): string {
  const { to, weights, steps, domainName, titles } = move;
  const from = otherWay(to);
  return [
    `${domainName} leads ${percent(shareOf(weights, to))} of the clients to ${titles[to]}, ${percent(shareOf(weights, from))} to ${titles[from]}.`,
    ...steps.map((step, index) => `${String(index + 1)}. ${stepText(step, move)}`),
    `It waits ${String(waitingSeconds(steps, move))} s at most, besides what deploying and comparing take.`,
    ...billText(move),
  ].join("\n");
}

export function stepText(
  step: Step,
  {
    to,
    titles,
    ttlSeconds,
    drainSeconds,
  }: Pick<PlannedMove, "to" | "titles" | "ttlSeconds" | "drainSeconds">,
): string {
  switch (step.kind) {
    case "provide":
      return "Deploy both ways, with the records as they are, until all targets are healthy.";
    case "compare":
      return "Compare both ways, and stop if they are not equivalent.";
    case "lead":
      return `Lead ${percent(shareOf(step.weights, to))} of the clients to ${titles[to]}; wait ${ttlSeconds} s, the time to live; stop if that way is not healthy then.`;
    case "wait":
      return `Wait ${ttlSeconds} s, the time to live: nobody knows when the records were changed.`;
    case "drain":
      return `Wait until no connection leads through ${titles[step.way]}, ${drainSeconds} s at most.`;
  }
}

/** @param weights of the records, as they were deployed last */
export function endText({
  to,
  weights,
  domainName,
  titles,
}: Pick<PlannedMove, "to" | "weights" | "domainName" | "titles">): string {
  const share = shareOf(weights, to);
  if (share < 100) return `${domainName} leads ${percent(share)} of the clients to ${titles[to]}.`;
  const from = otherWay(to);
  return `${domainName} leads all clients to ${titles[to]}. ${titles[from]} is still there: the same command with --to ${from.toLowerCase()} goes back.`;
}

const percent = (share: number): string => `${String(Math.round(share))} %`;

function billText({ to, titles, cost: { here, hoursPerMonth, region } }: PlannedMove): string[] {
  const hourly = here.map(({ monthly }) => monthly / hoursPerMonth);
  const sum = hourly.reduce((total, each) => total + each, 0);
  const each = here.map(({ way }, index) => `${way} $${(hourly[index] ?? 0).toFixed(4)}`).join(", ");
  const old = here.find(({ way }) => way === titles[otherWay(to)]);
  return [
    `While both load balancers are there, they cost $${sum.toFixed(4)} an hour without traffic: ${each}, at the prices of ${region}. Traffic costs the same on either.`,
    ...(old === undefined
      ? []
      : [`${old.way} goes on to cost $${old.monthly.toFixed(2)} a month until you remove it.`]),
  ];
}
